"""Keeping what was frozen when a round opened, so that a page does not ask for it again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from assessments.models.rounds import Round

# Rounds that a process keeps in mind; one takes well under 100 kB.
MOST_KEPT = 128

P = ParamSpec("P")
T = TypeVar("T")
_forget: list[Callable[[], None]] = []


def keep_frozen(read: Callable[Concatenate[Round, P], T]) -> Callable[Concatenate[Round, P], T]:
    """Reads once for each opened round; a draft, which still changes, is read every time.

    Kept by the moment of opening beside the round: a round that was not
    opened after all, and then was, is another. Arguments are hashable and
    positional, and the reader is not asked what can change afterwards.
    """

    @lru_cache(maxsize=MOST_KEPT)
    def read_once(round_: Round, opened_at: object, *rest: Any) -> Any:
        return read(round_, *rest)  # type: ignore[call-arg]

    @wraps(read)
    def wrapped(round_: Round, *rest: Any) -> Any:
        if round_.opened_at is None:
            return read(round_, *rest)  # type: ignore[call-arg]
        return read_once(round_, round_.opened_at, *rest)

    _forget.append(read_once.cache_clear)
    return wrapped  # type: ignore[return-value]


def forget_all() -> None:
    """For tests, whose database starts anew with the same keys."""
    for forget in _forget:
        forget()
