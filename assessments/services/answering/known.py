"""What the writer of an answer or a comment knew of the one before.

That decides whether the row that is there gives way: only to somebody who knew
it, or who says again what it says. Nothing newer is ever overwritten.
"""

from dataclasses import dataclass
from uuid import UUID

from assessments.services.answering.seats import LinkHolder
from assessments.services.answering.tokens import COUNTS, make_mark, read_token
from assessments.services.refusals import Refused

OUT_OF_DATE = (
    "This page is out of date, so this was not saved. Load the page again, then answer once more."
)
ANY = "TRUE"
# Counts as tokens.count_after does.
NEXT_COUNT = f"stored.revision %% {COUNTS} %% {COUNTS - 1} + 1"


@dataclass(frozen=True)
class Known:
    """`revision` is 0 for nothing there, and None when the row gives way whatever it is.

    `leaves` is the revision of what is saved; None when it counts on from the
    revision that is there, with `mark` above the count.
    """

    revision: int | None
    leaves: int | None = None
    mark: int = 0
    response_id: UUID | None = None
    is_own: bool = False

    @property
    def first_revision(self) -> int:
        return self.leaves or self.mark * COUNTS + 1

    @property
    def shape(self) -> "Shape":
        return Shape(
            takes_any=self.revision is None,
            is_there=bool(self.revision),
            has_token=self.leaves is not None,
            is_marked=self.mark > 0,
        )


@dataclass(frozen=True)
class Shape:
    """What of the statement depends on what was known; few, so that each is written once."""

    takes_any: bool
    is_there: bool
    has_token: bool
    is_marked: bool

    def gives_way(self, field: str) -> str:
        """The condition, in SQL, on which the row that is there is replaced."""
        if self.takes_any:
            return ANY
        same = f"stored.{field} = excluded.{field}"
        if self.has_token:
            # Only what this very token saved: else whoever guesses learns what is there.
            same = f"stored.revision = %(leaves)s AND {same}"
        return f"stored.revision = %(known)s OR ({same})"

    def next_revision(self, field: str) -> str:
        """The revision of the row that replaces it, in SQL."""
        if self.has_token:
            return "%(leaves)s"
        if self.is_marked:
            return f"{NEXT_COUNT} + %(mark)s * {COUNTS}"
        return (
            f"CASE WHEN stored.{field} = excluded.{field} THEN stored.revision "
            f"ELSE {NEXT_COUNT} END"
        )


def read_known(
    *, seat: LinkHolder, based_on: int | None, token: str, kind: bytes, about: int
) -> Known:
    """What a page knew. Raises Refused for a token that is not of this page.

    A page without the code and without a token knew nothing, and its first
    answer is taken; its next one brings the token that came back.
    """
    if token:
        return _read_token(token, kind, about)
    if seat.reader:
        return Known(based_on)
    return Known(None, mark=make_mark())


def _read_token(text: str, kind: bytes, about: int) -> Known:
    token = read_token(text, kind=kind, about=about)
    if token is None:
        raise Refused(OUT_OF_DATE)
    return Known(
        token.revision,
        leaves=token.leaves,
        response_id=token.response_id,
        is_own=token.is_own,
    )
