"""Closing happens once, when it may, and a closed round never opens again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from assessments.models.results import Result
from assessments.models.rounds import Round
from assessments.models.users import AuditEvent
from assessments.services.closing import close_round, due
from assessments.services.closing.due import close_due_rounds
from assessments.services.closing.precheck import check_close
from assessments.services.refusals import Refused, RoundNotOpen
from assessments.services.rounds import move_end, open_round
from tests.factories import begin, make_open_round, make_round, owner_of
from tests.services.closing.rounds import (
    answer,
    answer_at_random,
    close,
    make_answered_round,
    read_every_table,
)


def make_partly_answered_round(answered, people=10):
    round_ = make_open_round(people=people)
    for place, person in enumerate(list(round_.participants.all())[:answered]):
        answer_at_random(person, place)
    return round_


def test_close_is_refused_before_its_date_under_eighty_per_cent(content, now):
    round_ = make_partly_answered_round(7)

    with pytest.raises(Refused, match="80 %"):
        close(round_, now=now)

    assert Round.objects.get().is_open
    assert not Result.objects.exists()


def test_close_is_allowed_before_its_date_from_eighty_per_cent(content, now):
    round_ = make_partly_answered_round(8)

    assert close(round_, now=now).is_closed


def test_close_on_its_date_needs_no_share(content):
    round_ = make_partly_answered_round(5)

    assert close(round_, now=round_.ends_at).is_closed


def test_a_draft_cannot_be_closed(content, now):
    round_ = make_round(people=6)

    with pytest.raises(Refused, match="open"):
        close(round_, now=now)


def test_closing_twice_changes_nothing(content, now):
    round_, _ = make_answered_round(9)
    first = close(round_, now=now)
    before = read_every_table()

    second = close(round_, now=now + timedelta(days=1))

    assert read_every_table() == before
    assert second.closed_at == first.closed_at
    assert AuditEvent.objects.filter(action="round closed").count() == 1


def test_a_shared_round_is_not_closed_again(content, now):
    round_, _ = make_answered_round(9)
    close(round_, now=now)
    Round.objects.update(state=Round.State.SHARED, shared_at=now)
    before = read_every_table()

    close(round_, now=now)

    assert read_every_table() == before


@pytest.mark.parametrize("state", [Round.State.OPEN, Round.State.DRAFT])
def test_the_database_refuses_to_reopen(content, state):
    round_, _ = make_answered_round(9)
    close(round_)

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.update(state=state)


def test_services_refuse_to_reopen(content, now):
    round_, _ = make_answered_round(9)
    close(round_)

    with pytest.raises(Refused):
        open_round(round_=round_, actor=owner_of(round_.partnership), now=now)
    with pytest.raises(Refused):
        move_end(
            round_=round_,
            ends_at=now + timedelta(days=9),
            actor=owner_of(round_.partnership),
            now=now,
        )


def test_nothing_can_be_answered_after_the_close(content):
    round_ = make_open_round(people=10)
    *most, late = round_.participants.all()
    for person in most:
        answer(person, lambda item: 4)
    close(round_)

    with pytest.raises(RoundNotOpen):
        begin(late)


def test_due_rounds_close_by_themselves(content, now):
    due = make_partly_answered_round(6)
    later = make_open_round(people=6, days=40)

    closed = close_due_rounds(now=due.ends_at)

    states = dict(Round.objects.values_list("pk", "state"))
    assert closed == 1
    assert states == {due.pk: "closed", later.pk: "open"}
    event = AuditEvent.objects.get(action="round closed")
    assert event.actor is None


def test_one_round_that_cannot_close_does_not_hold_up_the_others(content, monkeypatch):
    first, second = make_partly_answered_round(6), make_partly_answered_round(6)

    def fail_for_first(*, round_, actor, now):
        if round_.pk == first.pk:
            raise RuntimeError("a fault")
        return close_round(round_=round_, actor=actor, now=now)

    monkeypatch.setattr(due, "close_round", fail_for_first)

    assert close_due_rounds(now=second.ends_at + timedelta(hours=1)) == 1

    states = dict(Round.objects.values_list("pk", "state"))
    assert states == {first.pk: "open", second.pk: "closed"}


def test_the_check_before_closing_reads_states_alone(content, now, django_assert_num_queries):
    round_ = make_partly_answered_round(6)

    check = check_close(round_, now)

    assert (check.invited, check.submitted, check.counting, check.missing) == (10, 6, 6, 4)
    assert (check.is_due, check.may_close) == (False, False)
    assert (check.shows_whole, check.shows_detail, check.shows_comments) == (True, False, False)
    assert check_close(round_, round_.ends_at).may_close
