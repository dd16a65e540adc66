"""The promise page says what is true of this round, by name."""

from datetime import timedelta

from django.utils import timezone
from django.utils.html import escape

from assessments.models.partnerships import Facilitation
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
