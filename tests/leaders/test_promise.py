"""The promise page says what is true of this round, by name."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from assessments.models.content import Instrument
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import JoinCode, Participant, Round, RoundInstrument, Ticket
from assessments.services.promise_words import BANDS_ONLY, SHOWN, WHOLE_ONLY, say_shown
from assessments.services.promises import read_promise
from assessments.services.rounds import open_round
from tests.factories import (
    make_closed_round,
    make_open_round,
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    make_user,
    owner_of,
    published,
)
from tests.leaders.device import Device


def page_of(person):
    device = Device(person)
    return device.client.get(device.link).content.decode()


def test_it_names_who_runs_who_reads_and_who_views(content):
    partnership = make_partnership(make_user("Amara Osei"))
    viewer, helper = make_user("Vera Quist"), make_user("Hal Brook")
    Facilitation.objects.create(partnership=partnership, user=viewer, role="viewer")
    Facilitation.objects.create(partnership=partnership, user=helper, role="facilitator")
    round_ = make_open_round(partnership)

    page = page_of(round_.participants.first())

    assert "Amara Osei, Hal Brook. While it is open" in page
    assert "Amara Osei, Hal Brook, after the close" in page
    assert "Vera Quist, who may view" in page


def test_nobody_who_answers_is_named_as_a_reader(content):
    owner = make_user("Amara Osei", email="amara@example.org")
    partnership = make_partnership(owner)
    round_ = make_round(partnership, people=6)
    round_.participants.update(email="")
    round_.participants.filter(pk=round_.participants.first().pk).update(email=owner.email)
    open_round(round_=round_, actor=owner, now=timezone.now())

    page = page_of(round_.participants.first())

    assert "Nobody. This round takes no comments." in page
    assert "must answer before comments" not in page


def test_it_lists_my_groups_by_name_and_nobody_elses(content):
    partnership = make_partnership()
    council = make_organisation(partnership, "Northvale Council")
    hospital = make_organisation(partnership, "Northvale Hospital", sector=1)
    round_ = make_round(partnership)
    mine = make_people(round_, 2, organisation=council)
    theirs = make_people(round_, 3, organisation=hospital)
    open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())

    page = page_of(mine[0])

    assert f'<p class="mb-0">{mine[0].name}, {mine[1].name}</p>' in page
    assert "Northvale Hospital" not in page
    assert "Everybody asked: " + escape(partnership.name) + ", 5 people" in page
    assert all(person.name in page for person in theirs)


def test_it_says_the_numbers_of_this_round(content):
    round_ = make_open_round(smallest_group=12, people=14)

    page = page_of(round_.participants.first())

    assert "<dt>12</dt><dd>people is the smallest group" in page
    assert "<dt>12</dt><dd>people must answer before comments" in page


def test_comments_need_ten_where_the_smallest_group_is_five(content):
    page = page_of(make_open_round().participants.first())

    assert "<dt>5</dt><dd>people is the smallest group" in page
    assert "<dt>10</dt><dd>people must answer before comments" in page


def test_a_round_soon_after_another_warns_that_only_bands_are_shown(content):
    now = timezone.now()
    first = make_closed_round(people=6, now=now - timedelta(days=70), days=14)
    later = make_open_round(first.partnership, now=now - timedelta(days=20), days=40)

    page = page_of(later.participants.first())

    assert "This round follows another one closely." in page


def test_a_round_long_after_another_does_not_warn(content):
    now = timezone.now()
    first = make_closed_round(people=6, now=now - timedelta(days=200), days=14)
    later = make_open_round(first.partnership, now=now)

    assert "follows another one closely" not in page_of(later.participants.first())


def test_it_never_says_anonymous(content):
    page = page_of(make_open_round().participants.first())

    assert "confidential" in page
    assert "anonym" not in page.lower()


def text_of(page):
    return " ".join(page.split())


def ask_outside(round_, people):
    """Adds the view from outside to a draft, and people to answer it."""
    RoundInstrument.objects.create(
        round=round_, edition=published("outside_view")[0], audience="outside", order=9
    )
    added = make_people(round_, people)
    Participant.objects.filter(pk__in=[one.pk for one in added]).update(audience="outside")
    return added


def test_it_says_of_each_part_who_sees_what(content):
    codes = ("five_factors", "six_ways", "context")
    page = text_of(page_of(make_open_round(codes=codes).participants.first()))

    assert "For sectors, organisations and roles only averages" in page
    assert "Your own profile stays yours: others see only the average of everybody" in page
    assert page.count(WHOLE_ONLY) == 1
    assert "how many said yes, partly or no" not in page


def test_every_part_of_the_checklist_has_its_sentence(content):
    published_codes = Instrument.objects.values_list("code", flat=True)

    assert set(SHOWN) == set(published_codes)
    assert say_shown("six_ways", is_bands_only=True) == BANDS_ONLY


def test_a_round_soon_after_another_promises_bands_for_every_part(content):
    now = timezone.now()
    first = make_closed_round(people=6, now=now - timedelta(days=70), days=14)
    later = make_open_round(first.partnership, now=now - timedelta(days=20), days=40)

    page = page_of(later.participants.first())

    assert BANDS_ONLY in page
    assert "only averages" not in page


def test_single_questions_are_told_where_they_are_asked(content):
    round_ = make_open_round()
    assert "how openly you answered" not in page_of(round_.participants.first())

    Round.objects.update(asks_candour=True)

    assert "how openly you answered" in page_of(round_.participants.first())
    assert "most others would say" not in page_of(round_.participants.first())


def test_people_outside_get_their_own_page_without_groups_or_names(content):
    round_ = make_round(people=6)
    leader = round_.participants.first()
    me, *others = ask_outside(round_, 4)
    open_round(round_=round_, actor=owner_of(round_.partnership), now=timezone.now())

    page = text_of(page_of(me))

    assert "asks you and 3 other people who see" in page
    assert "All 4 people who are asked from outside are counted together" in page
    assert "Look at the names" not in page
    assert [one.name for one in [leader, *others] if one.name in page] == []
    assert "The view from outside" in page
    assert "Five factors" not in page
    assert f"the leaders of {round_.partnership}." not in page


def test_leaders_are_not_told_the_names_of_people_outside(content):
    round_ = make_round(people=6)
    outside = ask_outside(round_, 4)
    open_round(round_=round_, actor=owner_of(round_.partnership), now=timezone.now())

    page = text_of(page_of(round_.participants.filter(audience="leaders").first()))

    assert [one.name for one in outside if one.name in page] == []
    assert "asks you and 5 other people" in page
    assert "The view from outside" not in page


def test_a_ticket_names_the_people_of_the_group_that_it_carries(content):
    partnership = make_partnership()
    council = make_organisation(partnership, "Northvale Council")
    hospital = make_organisation(partnership, "Northvale Hospital", sector=1)
    round_ = make_round(partnership)
    mine = make_people(round_, 2, organisation=council)
    make_people(round_, 3, organisation=hospital)
    open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())
    ticket = Ticket.objects.create(round=round_, organisation=council, digest="a" * 64)

    promise = read_promise(ticket, timezone.now())

    assert promise.name == ""
    assert [group.kind for group in promise.groups] == [
        "Everybody asked",
        "Your sector",
        "Your organisation",
    ]
    assert promise.groups[2].people == tuple(one.name for one in mine)
    assert (promise.named, promise.unnamed, promise.others) == (5, 1, 5)


def test_a_join_code_counts_in_the_whole_and_people_in_the_room_are_places(content):
    round_ = make_open_round()
    code = JoinCode.objects.create(
        round=round_,
        code="ABC234",
        people=20,
        ends_at=timezone.now(),
        created_by=owner_of(round_.partnership),
    )
    for place in range(3):
        Ticket.objects.create(round=round_, digest=str(place) * 64, join_code=code)

    promise = read_promise(Ticket(round=round_, join_code=code), timezone.now())

    assert [group.kind for group in promise.groups] == ["Everybody asked"]
    assert (promise.named, promise.unnamed) == (6, 20)
    assert "20 places have no name" in text_of(page_of(round_.participants.first()))


def test_it_can_be_read_again_by_those_who_have_begun(begun):
    page = begun.client.get(begun.at("answer_promise")).content.decode()

    assert "Our promise to you" in page
    assert f'href="{begun.home}"' in page
    assert "<form" not in page


@pytest.mark.parametrize("people", [6, 30])
def test_reading_it_costs_eight_queries_at_most(content, people, django_assert_max_num_queries):
    partnership = make_partnership()
    council = make_organisation(partnership)
    round_ = make_round(partnership, codes=("five_factors", "six_ways"))
    make_people(round_, people, organisation=council)
    open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())
    place = Participant.objects.select_related(
        "round__partnership", "round__created_by", "organisation__sector"
    ).first()

    with django_assert_max_num_queries(8):
        promise = read_promise(place, timezone.now())
        assert promise.asker


def test_the_whole_link_page_stays_small_in_queries(round_, person, django_assert_max_num_queries):
    device = Device(person)
    link = device.link

    with django_assert_max_num_queries(12):
        device.client.get(link)
