"""Seats: what the holder of a link may know and do."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models.responses import Answer, Response
from assessments.models.rounds import ParticipantState, RoundKey
from assessments.services.answering.saving import GivenAnswer, save_answers, submit_sitting
from assessments.services.answering.seats import (
    Seat,
    enter_code,
    find_holder,
    find_seat,
    start_again,
)
from assessments.services.links import link_of
from assessments.services.refusals import AlreadyBegun, AlreadySubmitted, Refused
from tests.factories import begin, make_open_round, make_organisation, make_partnership, seat_of


def give(person, reader, number=3, value=4):
    items = person.round.items.order_by("order")[:number]
    given = [GivenAnswer(item.pk, value, None) for item in items]
    save_answers(seat=seat_of(person, reader), given=given, now=timezone.now())


def test_a_seat_knows_how_many_but_not_what_without_the_code(person):
    begun = begin(person)
    give(person, begun.reader)

    blind, reading = seat_of(person), seat_of(person, begun.reader)

    assert (blind.answered, blind.can_read, blind.may_write) == (3, False, True)
    assert (reading.answered, reading.can_read, reading.may_write) == (3, True, True)


def test_the_reader_of_another_person_cannot_read(person, round_):
    begin(person)
    stranger = begin(round_.participants.last())

    assert seat_of(person, stranger.reader).can_read is False


def test_a_replaced_link_has_no_seat_and_no_holder(person):
    replaced = replace(link_of(person), version=7)

    assert find_seat(round_id=person.round_id, link=replaced, reader=None) is None
    assert find_holder(round_id=person.round_id, link=replaced, reader=None) is None


def test_a_seat_of_another_round_is_not_found(person):
    other = make_open_round()

    assert find_seat(round_id=other.pk, link=link_of(person), reader=None) is None


def test_without_the_key_of_the_round_nobody_is_tied_to_a_response(person):
    begun = begin(person)
    RoundKey.objects.all().delete()

    seat = seat_of(person, begun.reader)

    assert (seat.claim, seat.has_begun, seat.can_read) == ("", False, False)


def test_finding_a_seat_costs_two_queries(person):
    begun = begin(person)
    give(person, begun.reader)

    with CaptureQueriesContext(connection) as captured:
        seat = find_seat(round_id=person.round_id, link=link_of(person), reader=begun.reader)
        assert isinstance(seat, Seat)
        assert seat.round.partnership.name

    assert len(captured) == 2


def test_a_second_start_is_refused(person):
    begin(person)

    with pytest.raises(AlreadyBegun):
        begin(person)


def test_an_organisation_of_another_partnership_is_refused(person):
    other = make_organisation(make_partnership())

    with pytest.raises(Refused, match="of this partnership"):
        begin(person, organisation=other)


def test_a_person_with_a_role_is_known_whatever_they_say(round_):
    owner = round_.partnership.facilitations.get().user
    person = round_.participants.first()
    person.email = owner.email.upper()
    person.save()

    begin(person, helps_to_run=False)

    assert Response.objects.get().is_known is True


def test_start_again_deletes_what_was_begun(person):
    begun = begin(person)
    give(person, begun.reader)

    start_again(seat=seat_of(person), now=timezone.now())

    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)
    assert person.progress.state == ParticipantState.State.INVITED


def test_start_again_of_the_untouched_keeps_what_holds_anything(person):
    begun = begin(person)
    give(person, begun.reader, number=1)

    start_again(seat=seat_of(person), now=timezone.now(), only_untouched=True)

    assert Answer.objects.count() == 1


def test_start_again_is_refused_after_submitting(person):
    begun = begin(person)
    give(person, begun.reader)
    seat = seat_of(person, begun.reader)
    submit_sitting(seat=seat, instrument=person.round.instruments.first(), now=timezone.now())

    with pytest.raises(AlreadySubmitted):
        start_again(seat=seat, now=timezone.now())
    assert Answer.objects.count() == 3


def test_the_code_opens_its_own_response_only(person, round_):
    mine, other = begin(person), begin(round_.participants.last())

    assert enter_code(seat=seat_of(person), typed=mine.code.lower()) == mine.reader
    assert enter_code(seat=seat_of(person), typed=other.code) is None
    assert enter_code(seat=seat_of(person), typed="nonsense") is None
