"""Arithmetic of the two secrets: the link that may answer, the code that may read.

Every key mixes in the secret from the environment, so that a stolen database
alone makes no token and opens nothing.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")
CODE_BYTES = 10
CODE_LENGTH = 16
TICKET_LENGTH = 20
GROUP_LENGTH = 4
KEY_BYTES = 32
# 16 MiB and some 50 ms on a small server: once when a code is made or entered.
SCRYPT_COST = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True)
class Reader:
    """What a return code becomes: enough to read one response, kept in a cookie on one device.

    `proof` (32 bytes) is checked by one fast digest; `seed` (32 bytes) is the
    private key that opens the sealed answers after the close.
    """

    proof: bytes
    seed: bytes

    @property
    def code_digest(self) -> str:
        """What the server keeps of the code: SHA-256 of the proof, hexadecimal."""
        return hashlib.sha256(self.proof).hexdigest()

    def to_text(self) -> str:
        return base64.urlsafe_b64encode(self.proof + self.seed).decode()

    @classmethod
    def from_text(cls, text: str) -> "Reader | None":
        """The reader of a cookie; None for anything else."""
        try:
            raw = base64.urlsafe_b64decode(text.encode())
        except ValueError:
            return None
        if len(raw) != 2 * KEY_BYTES:
            return None
        return cls(proof=raw[:KEY_BYTES], seed=raw[KEY_BYTES:])


def make_round_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def make_token(*, round_key: bytes, participant_id: UUID, version: int) -> str:
    """The secret part of a personal link: 43 characters that fit in an address."""
    raw = _derive(round_key, f"link|{participant_id}|{version}")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def make_ticket_token(*, round_key: bytes, ticket_id: UUID) -> str:
    """The secret part of a ticket's address: 100 bits as 20 characters that can be typed.

    Longer than a return code, so that neither is taken for the other.
    """
    return _spell(_derive(round_key, f"ticket|{ticket_id}"), TICKET_LENGTH)


def read_ticket_token(typed: str) -> str | None:
    """What somebody typed from a slip in its one spelling; None when it cannot be a slip's."""
    return _read_characters(typed, TICKET_LENGTH)


def digest_token(token: str) -> str:
    """What is stored of a link: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_claim(*, round_key: bytes, participant_id: UUID) -> str:
    """The digest that allows one response a place, whatever the version of its link.

    It needs both halves of the key: the database alone does not tie a
    participant, or a ticket, to a response.
    """
    mixed = _mix_with_environment(b"round key", bytes(round_key))
    return hmac.new(mixed, f"claim|{participant_id}".encode(), "sha256").hexdigest()


def make_return_code() -> str:
    """80 random bits as 16 Crockford base32 characters in four groups of four."""
    return group_code(_spell(secrets.token_bytes(CODE_BYTES), CODE_LENGTH))


def group_code(characters: str) -> str:
    groups = range(0, len(characters), GROUP_LENGTH)
    return "-".join(characters[start : start + GROUP_LENGTH] for start in groups)


def read_return_code(typed: str) -> str | None:
    """A typed code in its one spelling; None when it cannot be a code.

    Small letters, spaces and hyphens do not matter; O reads as 0, I and L as 1.
    """
    characters = _read_characters(typed, CODE_LENGTH)
    return group_code(characters) if characters else None


def derive_reader(*, code: str, round_id: int) -> Reader:
    """The reader of a return code, by scrypt (slow on purpose).

    The salt comes from the environment's secret and the round, so that no
    table of codes can be made beforehand.
    """
    salt = _mix_with_environment(b"return code", str(round_id).encode())
    raw = hashlib.scrypt(code.encode(), salt=salt, dklen=2 * KEY_BYTES, **SCRYPT_COST)
    return Reader(proof=raw[:KEY_BYTES], seed=raw[KEY_BYTES:])


def is_reader_of(reader: Reader | None, code_digest: str) -> bool:
    return reader is not None and hmac.compare_digest(reader.code_digest, code_digest)


def _derive(round_key: bytes, words: str) -> bytes:
    mixed = _mix_with_environment(b"round key", bytes(round_key))
    return hmac.digest(mixed, words.encode(), "sha256")


def _spell(raw: bytes, length: int) -> str:
    """The lowest bits of `raw`, five a character."""
    number = int.from_bytes(raw, "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(length))


def _read_characters(typed: str, length: int) -> str | None:
    characters = "".join(typed.upper().replace("-", "").split()).translate(READ_AS)
    if len(characters) != length or set(characters) - set(ALPHABET):
        return None
    return characters


def _mix_with_environment(purpose: bytes, material: bytes) -> bytes:
    return hmac.digest(settings.ANSWER_SECRET.encode(), purpose + b"|" + material, "sha256")
