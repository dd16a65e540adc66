"""Which groups a list could show, and counting small sectors together."""

import pytest

from assessments.models.partnerships import Sector
from assessments.models.results import Result
from assessments.models.users import AuditEvent
from assessments.services.closing import close_round
from assessments.services.groups_ahead import JOINED, look_ahead
from assessments.services.merging import join_sectors
from assessments.services.partnerships import change_organisation
from assessments.services.refusals import Refused
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import open_round
from tests.factories import (
    answer_all,
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    owner_of,
)


def make_draft(*sizes, **fields):
    """A draft with one organisation in a sector of its own for each size."""
    partnership = make_partnership()
    draft = make_round(partnership, **fields)
    for place, size in enumerate(sizes):
        make_people(draft, size, organisation=make_organisation(partnership, sector=place))
    return draft


def sectors_of(draft):
    return [(group.people, group.is_shown) for group in look_ahead(draft).sectors]


def names_of(draft, *places):
    own = list(draft.partnership.sectors.order_by("id"))
    return [own[place] for place in places]


def test_a_group_below_the_smallest_is_never_shown(content):
    draft = make_draft(8, 6, 4)

    assert sorted(sectors_of(draft)) == [(4, False), (6, False), (8, True)]


def test_a_raised_smallest_group_holds(content):
    assert sorted(sectors_of(make_draft(8, 7, smallest_group=8))) == [(7, False), (8, False)]


def test_people_who_help_count_towards_no_group(content, now):
    draft = make_draft(9, 4)
    owner = owner_of(draft.partnership)
    small = draft.partnership.organisations.order_by("id").last()
    add_people(
        round_=draft, people=[NewPerson("Owner", owner.email, small, "")], actor=owner, now=now
    )

    assert sorted(sectors_of(draft)) == [(4, False), (9, False)]


def test_an_empty_list_shows_and_proposes_nothing(content):
    ahead = look_ahead(make_round())

    assert (ahead.groups, ahead.without_sector, ahead.merger) == ((), 0, None)


def test_when_everybody_answers_the_close_shows_just_these_groups(content, now):
    draft = make_draft(6, 5, 2)
    foreseen = {(group.kind, group.name) for group in look_ahead(draft).groups if group.is_shown}
    owner = owner_of(draft.partnership)
    round_ = open_round(round_=draft, actor=owner, now=now)
    for person in round_.participants.all():
        answer_all(person)

    close_round(round_=round_, actor=owner, now=now)

    figures = Result.objects.get(round=round_).dimension_figures.exclude(group="whole")
    shown = set(figures.filter(mean__isnull=False).values_list("group", "group_name"))
    assert {kind for kind, _ in shown} == {"sector", "organisation", "role"}
    assert {one for one in shown if one[0] != "role"} == {
        one for one in foreseen if one[0] != "role"
    }


def test_small_sectors_are_proposed_together(content):
    draft = make_draft(8, 3, 4)

    merger = look_ahead(draft).merger

    assert (set(merger.sectors), merger.people) == (set(names_of(draft, 1, 2)), 7)


def test_a_small_sector_takes_the_next_with_it_where_its_rest_would_hide_that(content):
    draft = make_draft(9, 5, 2)

    merger = look_ahead(draft).merger

    assert (set(merger.sectors), merger.people) == (set(names_of(draft, 1, 2)), 7)


@pytest.mark.parametrize("sizes", [(8, 6), (2, 2), (3,), (6, 2)])
def test_nothing_is_proposed_that_would_show_no_more(content, sizes):
    assert look_ahead(make_draft(*sizes)).merger is None


def join(draft, sectors, now):
    return join_sectors(
        round_=draft,
        sectors=[sector.pk for sector in sectors],
        actor=owner_of(draft.partnership),
        now=now,
    )


def test_join_sectors_moves_organisations_and_no_person(content, now):
    draft = make_draft(8, 3, 4)
    before = list(draft.participants.values_list("id", "organisation"))

    moved = join(draft, names_of(draft, 1, 2), now)

    assert {organisation.pk for organisation in moved} == set(
        draft.partnership.organisations.filter(sector__name=JOINED).values_list("pk", flat=True)
    )
    assert list(draft.participants.values_list("id", "organisation")) == before
    assert sorted(sectors_of(draft)) == [(7, True), (8, True)]
    assert look_ahead(draft).merger is None
    assert AuditEvent.objects.filter(action="sectors counted together").count() == 1


def test_a_joined_sector_can_be_undone_and_joined_again(content, now):
    draft = make_draft(8, 3, 4)
    small = names_of(draft, 1, 2)
    moved = join(draft, small, now)

    change_organisation(
        organisation=draft.partnership.organisations.get(pk=moved[0].pk),
        name="Back again",
        sector=small[0],
        actor=owner_of(draft.partnership),
        now=now,
    )

    assert look_ahead(draft).merger.people == 7
    join(draft, look_ahead(draft).merger.sectors, now)
    assert Sector.objects.filter(partnership=draft.partnership, name=JOINED).count() == 1


def test_join_sectors_refuses_what_the_list_no_longer_proposes(content, now):
    draft = make_draft(8, 3, 4)
    small = names_of(draft, 1, 2)
    make_people(draft, 5, organisation=small[0].organisations.get())

    with pytest.raises(Refused, match="changed meanwhile"):
        join(draft, small, now)


def test_join_sectors_refuses_an_open_round(content, now):
    draft = make_draft(8, 3, 4)
    small = names_of(draft, 1, 2)
    open_round(round_=draft, actor=owner_of(draft.partnership), now=now)

    with pytest.raises(Refused, match="is open"):
        join(draft, small, now)
