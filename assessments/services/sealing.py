"""Sealing: a person's answers after the close, readable with their own code alone."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from assessments.services.keys import Reader

# Every sealed row of a round has one size, so that its length tells nothing.
BLOCK = 4096


@dataclass(frozen=True)
class SealedAnswers:
    """What is sealed: item code to value, dimension code to comment, and what was submitted."""

    answers: dict[str, int]
    comments: dict[str, str] = field(default_factory=dict)
    instruments: list[str] = field(default_factory=list)


def make_public_key(reader: Reader) -> bytes:
    return bytes(PrivateKey(reader.seed).public_key)


def encode_answers(content: SealedAnswers) -> bytes:
    # Field by field: asdict copies every answer and takes half the time of a close.
    plain = {
        "answers": content.answers,
        "comments": content.comments,
        "instruments": content.instruments,
    }
    return json.dumps(plain, separators=(",", ":")).encode()


def size_to_fit(lengths: Iterable[int]) -> int:
    """The one size, a multiple of 4 KiB, that holds texts of these lengths with their length."""
    longest = max(lengths, default=0) + 4
    return -(-longest // BLOCK) * BLOCK


def seal(*, encoded: bytes, public_key: bytes, size: int) -> bytes:
    """The text padded to `size` bytes with random bytes and sealed to the key."""
    padding = secrets.token_bytes(size - 4 - len(encoded))
    plain = len(encoded).to_bytes(4, "big") + encoded + padding
    return bytes(SealedBox(PublicKey(bytes(public_key))).encrypt(plain))


def unseal(*, sealed: bytes, reader: Reader) -> SealedAnswers | None:
    """What the owner of the code answered; None with any other code."""
    try:
        plain = SealedBox(PrivateKey(reader.seed)).decrypt(bytes(sealed))
    except CryptoError:
        return None
    length = int.from_bytes(plain[:4], "big")
    return SealedAnswers(**json.loads(plain[4 : 4 + length]))
