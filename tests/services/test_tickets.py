"""Tickets: made for a group, printed again, deleted while unused, and stored without a token."""

from datetime import timedelta

import pytest

from assessments.models.rounds import Audience, Ticket
from assessments.models.users import AuditEvent
from assessments.services.keys import make_claim
from assessments.services.links import find_place, read_round_key
from assessments.services.refusals import Refused
from assessments.services.tickets import (
    delete_unused,
    find_slip_address,
    list_slips,
    make_tickets,
)
from tests.factories import (
    answer_all,
    begin,
    make_closed_round,
    make_open_round,
    make_organisation,
    make_partnership,
    make_round,
    owner_of,
)


@pytest.fixture
def round_(content):
    partnership = make_partnership()
    make_organisation(partnership, "Northvale Council")
    return make_open_round(partnership)


@pytest.fixture
def council(round_):
    return round_.partnership.organisations.get()


@pytest.fixture
def make(round_, now):
    def make(number=3, audience=Audience.LEADERS, organisation=None, of=round_, at=now):
        return make_tickets(
            round_=of,
            audience=audience,
            number=number,
            organisation=organisation,
            actor=owner_of(of.partnership),
            now=at,
        )

    return make


def print_slips(round_, now, organisation=None):
    return list_slips(round_=round_, audience=Audience.LEADERS, organisation=organisation, now=now)


def test_a_slip_opens_its_own_ticket_as_address_and_as_typed(round_, make, council, now):
    tickets = make(organisation=council)

    slips = print_slips(round_, now, council)

    places = [find_place(slip.address.rsplit("/", 1)[1]) for slip in slips]
    assert {place.pk for place in places} == {ticket.pk for ticket in tickets}
    assert {place.organisation for place in places} == {council}
    for slip in slips:
        assert len(slip.typed) == 24
        typed = slip.typed.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert find_slip_address(typed) == slip.address


def test_slips_are_printed_again_the_same_and_each_group_for_itself(round_, make, council, now):
    make(organisation=council)
    make(number=2)

    assert print_slips(round_, now, council) == print_slips(round_, now, council)
    assert len(print_slips(round_, now)) == 2
    assert not set(print_slips(round_, now)) & set(print_slips(round_, now, council))


def test_printing_again_tells_nothing_about_which_were_used(round_, make, now):
    tickets = make()
    before = print_slips(round_, now)
    answer_all(tickets[0])

    assert print_slips(round_, now) == before


def test_no_token_is_stored(round_, make, now):
    make()

    stored = str(list(Ticket.objects.values()))
    for slip in print_slips(round_, now):
        token = slip.typed.replace("-", "")
        assert token not in stored
        assert slip.typed not in stored


def test_the_order_of_slips_is_not_the_order_in_which_they_were_made(round_, make, now):
    made = [ticket.pk for ticket in make(number=60)]

    slips = print_slips(round_, now)

    printed = [find_place(slip.address.rsplit("/", 1)[1]).pk for slip in slips]
    assert printed != made
    assert sorted(printed) == sorted(made)


@pytest.mark.parametrize("number", [0, 201])
def test_only_one_to_two_hundred_at_once(make, number):
    with pytest.raises(Refused, match="between 1 and 200"):
        make(number)

    assert Ticket.objects.count() == 0


def test_no_slips_before_the_round_opens_nor_after_it_has_ended(round_, make, content, now):
    draft = make_round()
    closed = make_closed_round(people=5)

    for of, at in ((draft, now), (closed, now), (round_, now + timedelta(days=15))):
        with pytest.raises(Refused, match="only while the round is open"):
            make(of=of, at=at)
        with pytest.raises(Refused, match="only while the round is open"):
            print_slips(of, at)
    assert Ticket.objects.count() == 0


def test_no_slip_for_an_organisation_of_others_or_people_whom_nobody_asks(make, content):
    other = make_organisation(make_partnership())

    with pytest.raises(Refused, match="of this partnership"):
        make(organisation=other)
    with pytest.raises(Refused, match="does not ask these people"):
        make(audience=Audience.OUTSIDE)
    assert Ticket.objects.count() == 0


def test_only_unused_slips_are_deleted_and_they_still_count_as_missing(round_, make, now):
    begun, submitted, *_unused = make(number=5)
    begin(begun)
    answer_all(submitted)

    owner = owner_of(round_.partnership)
    deleted = delete_unused(round_=round_, audience=Audience.LEADERS, actor=owner, now=now)

    assert deleted == 3
    assert set(Ticket.objects.all()) == {begun, submitted}
    round_.refresh_from_db()
    assert round_.removed_while_open == 3
    again = delete_unused(round_=round_, audience=Audience.LEADERS, actor=owner, now=now)
    assert again == 0


def test_the_record_holds_numbers_and_never_a_ticket(round_, make, council, now):
    ticket = make(number=2, organisation=council)[0]
    answer_all(ticket)
    owner = owner_of(round_.partnership)
    delete_unused(round_=round_, audience=Audience.LEADERS, actor=owner, now=now)

    events = list(AuditEvent.objects.filter(action__contains="tickets").order_by("id"))
    assert [(event.action, event.detail) for event in events] == [
        ("tickets made", {"audience": "leaders", "number": 2, "organisation": council.pk}),
        ("unused tickets deleted", {"audience": "leaders", "number": 1}),
    ]
    kept = str(list(AuditEvent.objects.values()))
    claim = make_claim(round_key=read_round_key(round_), participant_id=ticket.pk)
    assert not [word for word in (str(ticket.pk), ticket.digest, claim) if word in kept]
