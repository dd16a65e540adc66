"""Places with a name and without: counted apart, and never tied to a ticket."""

from datetime import timedelta
from uuid import uuid4

import pytest

from assessments.models.responses import Response, Sitting
from assessments.models.rounds import JoinCode, Round, Ticket
from assessments.services.places import Places, count_places, count_places_of
from assessments.services.rosters import NewPerson, add_people, remove_person
from assessments.services.rounds import may_close_early
from tests.factories import (
    answer_all,
    begin,
    make_open_round,
    make_organisation,
    numbers,
    owner_of,
)

BOTH = ("five_factors", "outside_view")


def print_tickets(round_, number, **fields):
    return Ticket.objects.bulk_create(
        Ticket(round=round_, digest=f"{next(numbers):064d}", **fields) for _ in range(number)
    )


def show_code(round_, people, now, **fields):
    return JoinCode.objects.create(
        round=round_,
        code=f"{next(numbers):06d}",
        people=people,
        ends_at=now + timedelta(hours=3),
        created_by=owner_of(round_.partnership),
        **fields,
    )


def respond(round_, number, *, submitted=True, audience="leaders", is_joined=False):
    """Responses of unnamed people as they are stored: nothing ties them to a ticket."""
    asked = round_.instruments.filter(audience=audience).first()
    for _ in range(number):
        response = Response.objects.create(
            round=round_,
            audience=audience,
            claim_digest=uuid4().hex * 2,
            code_digest=uuid4().hex * 2,
            public_key=b"",
            is_known=False,
            is_named=False,
            is_joined=is_joined,
        )
        Sitting.objects.create(response=response, instrument=asked, is_submitted=submitted)


def add_outside(round_, number, now):
    return add_people(
        round_=round_,
        people=[NewPerson(f"Carer {place}", audience="outside") for place in range(number)],
        actor=owner_of(round_.partnership),
        now=now,
    )


def test_count_places_counts_each_kind_of_this_round_and_audience_alone(content, now):
    round_, other = make_open_round(codes=BOTH), make_open_round(codes=BOTH)
    first, second, *_ = round_.participants.all()
    answer_all(first)
    begin(second)
    council = make_organisation(round_.partnership)
    print_tickets(round_, 2, organisation=council)
    print_tickets(round_, 1)
    code = show_code(round_, 20, now)
    print_tickets(round_, 4, join_code=code)
    respond(round_, 2)
    respond(round_, 1, submitted=False)
    respond(round_, 3, is_joined=True)
    add_outside(round_, 2, now)
    print_tickets(round_, 5, audience="outside")
    show_code(round_, 9, now, audience="outside")
    respond(round_, 1, audience="outside")
    for noise in ("leaders", "outside"):
        print_tickets(other, 30, audience=noise)
        show_code(other, 30, now, audience=noise)
        respond(other, 7, audience=noise)

    leaders, outside = (count_places(round_, audience) for audience in ("leaders", "outside"))

    assert leaders == Places(
        named=6, named_started=1, named_submitted=1, tickets=3, room=20, by_ticket=2, by_code=3
    )
    assert (leaders.invited, leaders.unnamed, leaders.submitted) == (29, 23, 6)
    assert outside == Places(named=2, tickets=5, room=9, by_ticket=1)
    assert count_places_of([round_, other])[round_.pk, "leaders"] == leaders


def test_a_round_without_anybody_has_no_places(content):
    assert count_places(Round(pk=0)) == Places()


def test_a_room_that_was_counted_twice_has_the_places_of_both(content, now):
    round_ = make_open_round()
    for people in (20, 12):
        show_code(round_, people, now)

    assert count_places(round_).room == 32


def test_unnamed_people_never_answer_for_more_than_there_are_places(content, now):
    """Nor do tickets stand in for people of the room who did not answer."""
    places = Places(named=10, named_submitted=2, tickets=3, room=2, by_ticket=9, by_code=1)

    assert (places.unnamed_submitted, places.submitted) == (4, 6)
    assert places.has_more_than_invited is False
    assert Places(room=2, by_code=3).has_more_than_invited is True


def test_count_places_asks_four_times_however_many_rounds(content, now, django_assert_num_queries):
    rounds = [make_open_round() for _ in range(3)]

    with django_assert_num_queries(4):
        count_places_of(rounds)


def finish(round_, number):
    for person in list(round_.participants.filter(audience="leaders"))[:number]:
        answer_all(person)


@pytest.mark.parametrize(("submitted", "may"), [(7, False), (8, True)])
def test_the_room_counts_for_closing_early(content, now, submitted, may):
    round_ = make_open_round(people=10)
    show_code(round_, 10, now)
    finish(round_, 9)

    respond(round_, submitted - 1, is_joined=True)

    assert may_close_early(round_) is may


def test_answers_beyond_the_places_close_nothing_early(content, now):
    round_ = make_open_round(people=10)
    print_tickets(round_, 2)
    show_code(round_, 2, now)
    finish(round_, 6)

    respond(round_, 40)
    respond(round_, 40, is_joined=True)

    assert may_close_early(round_) is False


def test_one_audience_does_not_outvote_the_other(content, now):
    round_ = make_open_round(people=5, codes=BOTH)
    print_tickets(round_, 60, audience="outside")
    respond(round_, 60, audience="outside")
    finish(round_, 3)

    assert may_close_early(round_) is False

    answer_all(round_.participants.filter(progress__state="invited").first())
    assert may_close_early(round_) is True


def test_people_taken_off_still_count_beside_tickets(content, now):
    round_ = make_open_round(people=10)
    print_tickets(round_, 10)
    respond(round_, 10)
    finish(round_, 5)
    for person in list(round_.participants.all())[5:]:
        remove_person(participant=person, actor=owner_of(round_.partnership), now=now)

    round_.refresh_from_db()
    assert count_places(round_).submitted == count_places(round_).invited == 15
    assert may_close_early(round_) is False
