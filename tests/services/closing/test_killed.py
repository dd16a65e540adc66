"""A killed server process leaves the round open and whole, at whatever step of the close.

A real process is killed with SIGKILL after every statement of the close, and
before and after its COMMIT; `closer` says why that is every step.
"""

from fractions import Fraction

import pytest

from assessments.models.responses import SealedResponse
from assessments.models.results import CollectedComment, Result, StatementFigure
from assessments.models.rounds import Round
from assessments.models.users import AuditEvent
from assessments.services.answering.own import open_sealed
from assessments.services.closing.wiping import wipe_due
from tests.factories import make_open_round
from tests.measures.naive import round_half_up
from tests.services.closing.closer import AFTER_COMMIT, BEFORE_COMMIT, closer_process
from tests.services.closing.rounds import answer, close, read_every_table

pytestmark = pytest.mark.django_db(transaction=True)

# What a close does to which table: none of its steps may go missing from the killings.
STEPS = {
    "SELECT assessments_round",
    "SELECT assessments_answer",
    "INSERT assessments_result",
    "INSERT assessments_statementfigure",
    "INSERT assessments_dimensionfigure",
    "INSERT assessments_sealedresponse",
    "INSERT assessments_collectedcomment",
    "DELETE assessments_answer",
    "DELETE assessments_comment",
    "DELETE assessments_sitting",
    "DELETE assessments_response",
    "DELETE assessments_participantstate",
    "DELETE assessments_outgoingmail",
    "DELETE assessments_ticket",
    "DELETE assessments_roundkey",
    "UPDATE assessments_round",
    "INSERT assessments_auditevent",
}


@pytest.fixture
def closer(content):
    with closer_process() as closer:
        yield closer


def make_round_with_comments():
    """Enough people for every kind of row, and who answered what."""
    round_ = make_open_round(people=11)
    return round_, [
        answer(person, lambda item, place=place: (place + item.order) % 5 + 1, comment="We meet.")
        for place, person in enumerate(round_.participants.order_by("id"))
    ]


def assert_closed_right(round_, answered):
    """Every figure and every sealed row is that of the answers that were given."""
    assert Round.objects.get().is_closed
    assert Result.objects.get().counted == len(answered)
    assert AuditEvent.objects.filter(action="round closed").count() == 1
    assert CollectedComment.objects.count() == len(answered)
    assert SealedResponse.objects.count() == len(answered)
    sealed = [
        open_sealed(round_id=person.participant.round_id, reader=person.reader)
        for person in answered
    ]
    assert [one.answers for one in sealed] == [person.values for person in answered]
    figures = StatementFigure.objects.filter(group="whole")
    assert {figure.code: float(figure.mean) for figure in figures} == {
        item.code: mean_of(item, answered) for item in round_.items.select_related("statement")
    }


def mean_of(item, answered):
    given = [person.values[item.code] for person in answered]
    turned = [6 - value for value in given] if item.statement.reverse else given
    return round_half_up(Fraction(sum(turned), len(turned)))


def test_a_close_killed_at_any_step_leaves_the_round_open_and_whole(closer):
    round_, answered = make_round_with_comments()
    before = read_every_table()

    whole = closer.close(round_, kill_after=BEFORE_COMMIT)

    assert read_every_table() == before
    assert STEPS - set(whole) == set()
    for number in range(1, len(whole) + 1):
        killed = closer.close(round_, kill_after=number)

        assert killed == whole[:number]
        assert read_every_table() == before, f"after {killed[-1]}"
    close(round_)
    assert_closed_right(round_, answered)


def test_a_close_killed_after_its_commit_is_whole_and_overwritten_later(closer, now):
    round_, answered = make_round_with_comments()

    killed = closer.close(round_, kill_after=AFTER_COMMIT)

    assert killed[-1] == "COMMIT"
    assert_closed_right(round_, answered)
    assert Round.objects.get().wiped_at is None
    assert wipe_due(now=now) == 0
    assert Round.objects.get().wiped_at == now
