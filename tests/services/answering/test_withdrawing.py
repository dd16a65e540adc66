"""Taking answers back: all goes, the code is needed, others and other parts stay."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.results import Result
from assessments.models.rounds import ParticipantState, RoundInstrument
from assessments.services.answering.saving import (
    GivenAnswer,
    save_answers,
    save_comment,
    submit_sitting,
)
from assessments.services.answering.withdrawing import take_back, withdraw
from assessments.services.closing import close_round
from assessments.services.refusals import AlreadySubmitted, Refused, RoundNotOpen
from tests.factories import answer_all, begin, make_open_round, seat_of


@pytest.fixture
def round_(content):
    return make_open_round(codes=("five_factors", "six_ways"), people=7)


def state_of(person):
    return ParticipantState.objects.get(participant=person).state


def comment_on(seat, instrument):
    dimension = instrument.edition.dimensions.first()
    save_comment(seat=seat, dimension_id=dimension.pk, text="A", based_on=None, now=timezone.now())


def test_withdrawing_deletes_one_response_whole_and_no_other(person, round_, now):
    other = round_.participants.last()
    answer_all(other)
    begun = answer_all(person)
    comment_on(seat_of(person, begun.reader), round_.instruments.first())

    withdraw(seat=seat_of(person, begun.reader), now=now)

    assert Response.objects.count() == 1
    assert Comment.objects.count() == 0
    assert Answer.objects.values("response").distinct().count() == 1
    assert (state_of(person), state_of(other)) == ("invited", "submitted")


def test_who_withdrew_begins_anew_by_the_same_link(person, now):
    first = answer_all(person)
    withdraw(seat=seat_of(person, first.reader), now=now)

    second = begin(person)

    assert not seat_of(person, first.reader).can_read
    assert seat_of(person, second.reader).can_read


def test_who_withdrew_counts_in_no_figure(person, round_, now):
    everybody = list(round_.participants.all())
    readers = {one.pk: answer_all(one).reader for one in everybody}

    withdraw(seat=seat_of(person, readers[person.pk]), now=now)
    close_round(round_=round_, actor=None, now=round_.ends_at)

    assert Result.objects.get().counted == len(everybody) - 1


def test_after_submitting_the_link_alone_withdraws_nothing(person, now):
    answer_all(person)

    with pytest.raises(AlreadySubmitted):
        withdraw(seat=seat_of(person), now=now)

    assert Response.objects.count() == 1


def test_before_submitting_the_link_is_enough(person, now):
    begin(person)

    withdraw(seat=seat_of(person), now=now)

    assert Response.objects.count() == 0


def test_the_code_of_deleted_answers_withdraws_no_later_ones(person, now):
    old = seat_of(person, begin(person).reader)
    withdraw(seat=old, now=now)
    begin(person)

    with pytest.raises(Refused, match="deleted already"):
        withdraw(seat=old, now=now)

    assert Response.objects.count() == 1


def test_nothing_is_withdrawn_after_the_close(person, round_, now):
    seats = {one.pk: seat_of(one, answer_all(one).reader) for one in round_.participants.all()}
    close_round(round_=round_, actor=None, now=round_.ends_at)

    with pytest.raises(RoundNotOpen):
        withdraw(seat=seats[person.pk], now=now)
    with pytest.raises(RoundNotOpen):
        take_back(seat=seats[person.pk], instrument=round_.instruments.first(), now=now)


def test_a_part_taken_back_leaves_the_others_and_their_comments(person, round_, now):
    factors, ways = RoundInstrument.objects.filter(round=round_)
    begun = answer_all(person)
    seat = seat_of(person, begun.reader)
    comment_on(seat, factors)
    comment_on(seat, ways)

    take_back(seat=seat, instrument=ways, now=now)

    assert set(Answer.objects.values_list("item__instrument", flat=True)) == {factors.pk}
    assert Comment.objects.get().dimension.edition_id == factors.edition_id
    assert Sitting.objects.get().instrument == factors
    assert state_of(person) == "submitted"
    assert seat_of(person, begun.reader).can_read


def test_the_last_submitted_part_taken_back_leaves_somebody_who_has_begun(person, round_, now):
    factors, ways = RoundInstrument.objects.filter(round=round_)
    begun = begin(person)
    seat = seat_of(person, begun.reader)
    item, other = (round_.items.filter(instrument=own).first() for own in (factors, ways))
    given = [GivenAnswer(one.pk, 4, None) for one in (item, other)]
    save_answers(seat=seat, given=given, now=now)
    submit_sitting(seat=seat, instrument=ways, now=now)

    take_back(seat=seat, instrument=ways, now=now)

    assert state_of(person) == "started"
    assert Answer.objects.get().item == item


def test_a_part_is_taken_back_by_the_code_alone(person, round_, now):
    begin(person)

    with pytest.raises(AlreadySubmitted):
        take_back(seat=seat_of(person), instrument=round_.instruments.first(), now=now)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time")
def test_withdrawing_waits_for_a_save_and_takes_it_along(person, round_, now):
    seat = seat_of(person, begin(person).reader)

    def withdraw_aside():
        withdraw(seat=seat, now=timezone.now())
        connection.close()

    with transaction.atomic():
        save_answers(seat=seat, given=[GivenAnswer(round_.items.first().pk, 4, None)], now=now)
        aside = Thread(target=withdraw_aside)
        aside.start()
        aside.join(timeout=0.5)
        assert aside.is_alive()
    aside.join(timeout=20)

    assert not aside.is_alive()
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)
