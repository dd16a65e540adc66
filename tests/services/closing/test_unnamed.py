"""People without a name: counted in the whole, told apart from nobody, and never too many."""

import pytest

from assessments.models.results import CollectedComment, DimensionFigure, Result, StatementFigure
from assessments.models.rounds import JoinCode, Ticket
from assessments.services.answering.seats import begin_response, find_seat
from assessments.services.links import link_of
from assessments.services.refusals import Refused
from tests.factories import make_open_round, make_organisation, make_people, owner_of, seat_of
from tests.services.closing.rounds import answer, close, find_everywhere

numbers = iter(range(1, 10_000))


def make_code(round_, people, now):
    return JoinCode.objects.create(
        round=round_,
        code=f"C{next(numbers):05}",
        people=people,
        ends_at=now,
        created_by=owner_of(round_.partnership),
    )


def make_ticket(round_, **fields):
    return Ticket.objects.create(round=round_, digest=f"{next(numbers):064}", **fields)


def everyone_answers(places, value=4):
    return [answer(place, lambda item: value) for place in places]


def test_places_without_a_name_are_invited_and_counted_in_the_whole(content, now):
    round_ = make_open_round(people=5)
    code = make_code(round_, 5, now)
    joined = [make_ticket(round_, join_code=code) for _ in range(3)]
    printed = [make_ticket(round_) for _ in range(2)]
    everyone_answers([*round_.participants.all()[:2], *joined, printed[0]])

    close(round_, now=round_.ends_at)

    result = Result.objects.get()
    assert (result.invited, result.unnamed, result.counted) == (12, 7, 6)
    assert (result.is_bands_only, result.has_more_than_invited) == (False, False)


def test_more_answers_by_a_code_than_people_in_the_room_show_bands_alone(content, now):
    round_ = make_open_round(people=9)
    code = make_code(round_, 2, now)
    everyone_answers([*round_.participants.all()])
    everyone_answers([make_ticket(round_, join_code=code) for _ in range(3)])

    close(round_)

    result = Result.objects.get()
    assert (result.is_bands_only, result.has_more_than_invited) == (True, True)
    shown = StatementFigure.objects.first()
    assert (shown.strong, shown.counts, shown.mean) == (12, None, None)
    assert not DimensionFigure.objects.exclude(mean=None).exists()


def test_no_comment_is_collected_where_bands_alone_are_shown(content, now):
    round_ = make_open_round(people=12)
    code = make_code(round_, 1, now)
    everyone_answers([make_ticket(round_, join_code=code) for _ in range(2)])
    for person in round_.participants.all():
        answer(person, lambda item: 4, comment="Words for nobody.")

    close(round_)

    assert Result.objects.get().is_bands_only
    assert not CollectedComment.objects.exists()
    assert find_everywhere("Words for nobody.") == []


def test_tickets_do_not_fill_a_room(content, now):
    round_ = make_open_round(people=5)
    code = make_code(round_, 1, now)
    everyone_answers([make_ticket(round_) for _ in range(5)])
    everyone_answers([make_ticket(round_, join_code=code)])

    close(round_, now=round_.ends_at)

    assert Result.objects.get().has_more_than_invited is False


def test_what_was_joined_and_not_submitted_makes_nobody_too_many(content, now):
    round_ = make_open_round(people=6)
    code = make_code(round_, 1, now)
    everyone_answers([*round_.participants.all(), make_ticket(round_, join_code=code)])
    answer(make_ticket(round_, join_code=code), lambda item: 4, submit=False)

    close(round_)

    assert Result.objects.get().has_more_than_invited is False


def group_of(organisation):
    return DimensionFigure.objects.filter(group_name=organisation.name, group="organisation")


def test_tickets_count_in_the_figures_of_their_group_and_not_towards_its_size(content, now):
    round_ = make_open_round(people=9)
    large, small = (make_organisation(round_.partnership, sector=one) for one in (0, 1))
    people = make_people(round_, 6, organisation=large) + make_people(round_, 4, organisation=small)
    tickets = [make_ticket(round_, organisation=one) for one in (large, small, small)]
    everyone_answers([*round_.participants.exclude(pk__in=[one.pk for one in people])])
    everyone_answers([*people, *tickets])

    close(round_)

    assert group_of(large).exists()
    assert not group_of(small).exists()


def test_a_seat_without_a_name_says_what_its_ticket_says(content, now):
    round_ = make_open_round(people=5)
    organisation = make_organisation(round_.partnership)
    printed = seat_of(make_ticket(round_, organisation=organisation))
    joined = seat_of(make_ticket(round_, join_code=make_code(round_, 3, now)))

    assert (printed.name, printed.organisation, printed.is_joined) == ("", organisation, False)
    assert (joined.name, joined.organisation, joined.is_joined) == ("", None, True)
    assert {printed.confirms_groups, joined.confirms_groups} == {False}


@pytest.mark.parametrize("labels", [{"role_level": "chief"}, {"organisation": "any"}])
def test_nobody_chooses_a_group_for_a_place_without_a_name(content, now, labels):
    round_ = make_open_round(people=5)
    seat = seat_of(make_ticket(round_, join_code=make_code(round_, 3, now)))
    chosen = {"organisation": None, "role_level": ""} | labels
    if chosen["organisation"]:
        chosen["organisation"] = make_organisation(round_.partnership)

    with pytest.raises(Refused):
        begin_response(seat=seat, helps_to_run=False, now=now, **chosen)


def test_nobody_begins_from_a_place_that_was_taken_away_meanwhile(content, now):
    round_ = make_open_round(people=5)
    seat = seat_of(make_ticket(round_))
    Ticket.objects.all().delete()

    with pytest.raises(Refused, match="taken away"):
        begin_response(seat=seat, organisation=None, role_level="", helps_to_run=False, now=now)


def test_after_the_close_a_device_keeps_the_seat_of_its_deleted_ticket(content, now):
    round_ = make_open_round(people=6)
    ticket = make_ticket(round_, audience="leaders")
    link = link_of(ticket)
    mine = answer(ticket, lambda item: 4)
    everyone_answers(round_.participants.all())

    close(round_)

    seat = find_seat(round_id=round_.pk, link=link, reader=mine.reader)
    assert (seat.place, seat.audience, seat.has_begun) == (None, "leaders", False)


def test_a_ticket_that_was_deleted_has_no_seat_while_the_round_is_open(content, now):
    round_ = make_open_round(people=5)
    ticket = make_ticket(round_)
    link = link_of(ticket)
    ticket.delete()

    assert find_seat(round_id=round_.pk, link=link, reader=None) is None
