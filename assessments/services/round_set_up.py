"""What a facilitator chooses for a round, and which choices can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NotRequired, TypedDict

from assessments.models.content import Edition, SingleQuestion
from assessments.models.rounds import Audience, Round, RoundInstrument
from assessments.services.refusals import Refused
from assessments.services.round_items import CANDOUR, CONTACT, FORESIGHT

# What a round may ask its leaders, in this order; the five factors are always asked.
ALWAYS = "five_factors"
QUICK_TEST = "quick_test"
OFFERED = (ALWAYS, "six_ways", "practice", "context", CONTACT, QUICK_TEST, "differences")
# What a round may ask people outside the leadership.
OUTSIDE_VIEW = "outside_view"
LONGEST_PROBLEM = 140


class Choices(TypedDict):
    """What services take by name; the same as `SetUp`."""

    editions: Sequence[Edition]
    ends_at: datetime
    smallest_group: int
    purpose: str
    session_on: NotRequired[date | None]
    asks_for_comments: NotRequired[bool]
    asks_candour: NotRequired[bool]
    asks_foresight: NotRequired[bool]
    quick_test_problem: NotRequired[str]


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """All that can be chosen while a round is a draft."""

    editions: Sequence[Edition]
    ends_at: datetime
    smallest_group: int
    purpose: str
    session_on: date | None = None
    asks_for_comments: bool = True
    asks_candour: bool = False
    asks_foresight: bool = False
    quick_test_problem: str = ""

    @property
    def codes(self) -> list[str]:
        return [edition.instrument.code for edition in self.editions]

    @property
    def problem(self) -> str:
        """The problem of the quick test in one line; empty where it is not asked."""
        return " ".join(self.quick_test_problem.split()) if QUICK_TEST in self.codes else ""


def check_set_up(set_up: SetUp, now: datetime) -> None:
    """Raises Refused with the first thing that cannot be kept."""
    _check_editions(set_up)
    _check_problem(set_up)
    _check_questions(set_up)
    if set_up.smallest_group < Round.SMALLEST_GROUP:
        raise Refused(
            f"The smallest group is never under {Round.SMALLEST_GROUP}, because fewer people "
            "could be told apart."
        )
    if set_up.ends_at <= now:
        raise Refused("Choose a closing date that is still to come.")


def write_set_up(round_: Round, set_up: SetUp) -> None:
    """Saves the choices on a draft, in place of what it asked before."""
    round_.purpose = set_up.purpose
    round_.smallest_group = set_up.smallest_group
    round_.ends_at = set_up.ends_at
    round_.session_on = set_up.session_on
    round_.asks_for_comments = set_up.asks_for_comments
    round_.asks_candour = set_up.asks_candour
    round_.asks_foresight = set_up.asks_foresight
    round_.quick_test_problem = set_up.problem
    round_.save()
    _write_instruments(round_, set_up.editions)


def list_offered_editions() -> list[Edition]:
    """The published editions that a round can ask its leaders, in the order of asking."""
    editions = Edition.objects.published().filter(instrument__code__in=OFFERED)
    return sorted(editions.select_related("instrument"), key=_place)


def find_outside_edition() -> Edition | None:
    """The published form for people outside the leadership; None where there is none."""
    editions = Edition.objects.published().filter(instrument__code=OUTSIDE_VIEW)
    return editions.select_related("instrument").first()


def asks_audience(round_: Round, audience: str) -> bool:
    return round_.instruments.filter(audience=audience).exists()


def list_missing_questions(*, asks_candour: bool, asks_foresight: bool) -> list[str]:
    """The single questions that a round wants and the content does not hold, in words."""
    wanted = [
        (asks_candour, CANDOUR, "how openly people answered"),
        (asks_foresight, FORESIGHT, "what most others would say"),
    ]
    there = set(SingleQuestion.objects.values_list("code", flat=True))
    return [words for is_asked, code, words in wanted if is_asked and code not in there]


def _check_editions(set_up: SetUp) -> None:
    if ALWAYS not in set_up.codes:
        raise Refused("Every round asks the five factors. Add the others to them.")
    is_known = set(set_up.codes) <= {*OFFERED, OUTSIDE_VIEW}
    if not is_known or any(edition.state != Edition.State.PUBLISHED for edition in set_up.editions):
        raise Refused("Choose from the published parts of the checklist.")


def _check_problem(set_up: SetUp) -> None:
    if QUICK_TEST not in set_up.codes:
        return
    problem = set_up.problem
    if not problem:
        raise Refused("Name the problem of the quick test in one line, or leave the test out.")
    if len(problem) > LONGEST_PROBLEM:
        raise Refused(f"The problem of the quick test can have {LONGEST_PROBLEM} characters.")
    if not problem.isprintable():
        raise Refused("Write the problem of the quick test in plain words.")


def _check_questions(set_up: SetUp) -> None:
    missing = list_missing_questions(
        asks_candour=set_up.asks_candour, asks_foresight=set_up.asks_foresight
    )
    if missing:
        raise Refused(
            f"The question about {missing[0]} is not in the checklist. Leave it out, or ask an "
            "editor to load it."
        )


def _place(edition: Edition) -> int:
    return [*OFFERED, OUTSIDE_VIEW].index(edition.instrument.code)


def _write_instruments(round_: Round, editions: Sequence[Edition]) -> None:
    round_.instruments.all().delete()
    RoundInstrument.objects.bulk_create(
        RoundInstrument(
            round=round_,
            edition=edition,
            audience=_audience_of(edition),
            order=order,
        )
        for order, edition in enumerate(sorted(editions, key=_place), start=1)
    )


def _audience_of(edition: Edition) -> str:
    is_outside = edition.instrument.code == OUTSIDE_VIEW
    return Audience.OUTSIDE if is_outside else Audience.LEADERS
