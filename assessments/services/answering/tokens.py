"""What a page without the return code brings back in place of a revision.

From revisions somebody with only the link could work out what was saved. So
such a page gets a token: encrypted, always of one length, good for one item
of one response. It says which revision was there when the page was made, so
that a slow old request never takes the place of a newer answer.

A repeated request has to count as saved. Comparing values would tell them to
whoever guesses with an old token. So an answer that was saved by a token keeps
that token's mark in its revision, and only the same token finds it again.
"""

import hmac
import secrets
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from assessments.models.responses import Answer, Comment
from assessments.services.answering.seats import Seat

ITEM: Final = b"i"
DIMENSION: Final = b"d"
# Response, kind and id of what it is about, revision, mark, whether this page wrote that.
LAYOUT: Final = struct.Struct(">16scQII?")
# A revision is a count of changes below, and above it the mark of a token (0: by the code).
# Together nine decimal digits, which fit the column.
COUNTS: Final = 2**12
MARKS: Final = 2**17


@dataclass(frozen=True)
class Token:
    """`is_own` is true when the page that holds it wrote what it is about."""

    response_id: UUID
    revision: int
    mark: int
    is_own: bool

    @property
    def leaves(self) -> int:
        """The revision of what this token saves."""
        return self.mark * COUNTS + count_after(self.revision)


def count_after(revision: int) -> int:
    """The count of the change that follows; after many it begins again at 1."""
    return revision % COUNTS % (COUNTS - 1) + 1


def make_mark() -> int:
    return 1 + secrets.randbelow(MARKS - 1)


def write_token(
    *, response_id: UUID, kind: bytes, about: int, revision: int, is_own: bool = False
) -> str:
    plain = LAYOUT.pack(response_id.bytes, kind, about, revision, make_mark(), is_own)
    return signing.b64_encode(bytes(_box().encrypt(plain))).decode()


def read_token(text: str, *, kind: bytes, about: int) -> Token | None:
    """The token of a page; None for one that is changed or about something else."""
    try:
        plain = _box().decrypt(signing.b64_decode(text.encode()))
        response, own_kind, own_about, revision, mark, is_own = LAYOUT.unpack(plain)
    except (CryptoError, ValueError, struct.error):
        return None
    if (own_kind, own_about) != (kind, about):
        return None
    return Token(UUID(bytes=response), revision, mark, is_own)


def read_tokens(seat: Seat, item_ids: Iterable[int]) -> dict[int, str]:
    """A token for each item, answered or not; one query."""
    if seat.response_id is None:
        return {}
    ids = list(item_ids)
    stored = Answer.objects.filter(response=seat.response_id, item__in=ids)
    revisions = dict(stored.values_list("item_id", "revision"))
    return {
        item: write_token(
            response_id=seat.response_id,
            kind=ITEM,
            about=item,
            revision=revisions.get(item, 0),
        )
        for item in ids
    }


def read_comment_token(seat: Seat, dimension_id: int) -> str:
    """The token for the comment on a dimension, written or not; one query."""
    if seat.response_id is None:
        return ""
    stored = Comment.objects.filter(response=seat.response_id, dimension=dimension_id)
    revision = stored.values_list("revision", flat=True).first() or 0
    return write_token(
        response_id=seat.response_id, kind=DIMENSION, about=dimension_id, revision=revision
    )


def _box() -> SecretBox:
    return SecretBox(hmac.digest(settings.SECRET_KEY.encode(), b"answers: page tokens", "sha256"))
