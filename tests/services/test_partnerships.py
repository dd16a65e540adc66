"""Partnerships, organisations, sectors, and who gains a role."""

import pytest

from assessments.models.partnerships import Facilitation, Organisation
from assessments.models.rounds import Round
from assessments.models.users import AuditEvent
from assessments.services.partnerships import (
    FIRST_SECTORS,
    add_organisation,
    change_organisation,
    change_partnership,
    create_partnership,
    grant_role,
    remove_organisation,
)
from assessments.services.refusals import Refused
from assessments.services.rosters import NewPerson, add_people
from assessments.services.sectors import add_sector, remove_sector, rename_sector
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


def test_create_partnership_gives_the_usual_sectors_and_an_owner(facilitator, now):
    partnership = create_partnership(name="Northvale", about="Health", owner=facilitator, now=now)

    assert [sector.name for sector in partnership.sectors.all()] == list(FIRST_SECTORS)
    roles = partnership.facilitations.values_list("user", "role")
    assert list(roles) == [(facilitator.pk, Facilitation.Role.OWNER)]
    assert AuditEvent.objects.about(partnership.pk).count() == 1


def test_change_partnership_changes_this_one_alone(db, now):
    mine, other = make_partnership(name="Mine"), make_partnership(name="Other")

    change_partnership(partnership=mine, name="New", about="A", actor=owner_of(mine), now=now)

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.name, mine.about, other.name) == ("New", "A", "Other")


def test_add_organisation_refuses_a_sector_of_another_partnership(db, now):
    mine, other = make_partnership(), make_partnership()

    with pytest.raises(Refused, match="sector of this partnership"):
        add_organisation(
            partnership=mine,
            name="Council",
            sector=other.sectors.first(),
            actor=owner_of(mine),
            now=now,
        )

    assert Organisation.objects.count() == 0


def test_add_organisation_refuses_a_name_in_other_capitals(db, now):
    partnership = make_partnership()
    make_organisation(partnership, "Northvale Council")

    with pytest.raises(Refused, match="“NORTHVALE COUNCIL” here already"):
        make_organisation(partnership, "NORTHVALE COUNCIL")

    assert make_organisation(make_partnership(), "Northvale Council").pk


def test_change_organisation_may_keep_its_name_and_not_take_another(db, now):
    partnership = make_partnership()
    council, trust = (make_organisation(partnership, name) for name in ("Council", "Trust"))
    move = partnership.sectors.last()
    owner = owner_of(partnership)

    change_organisation(organisation=council, name="council", sector=move, actor=owner, now=now)

    council.refresh_from_db()
    assert (council.name, council.sector) == ("council", move)
    with pytest.raises(Refused, match="here already"):
        change_organisation(organisation=trust, name="COUNCIL", sector=move, actor=owner, now=now)


def test_change_organisation_refuses_a_sector_of_another_partnership(db, now):
    council = make_organisation(make_partnership())
    foreign = make_partnership().sectors.first()

    with pytest.raises(Refused, match="sector of this partnership"):
        change_organisation(
            organisation=council,
            name="Council",
            sector=foreign,
            actor=owner_of(council.partnership),
            now=now,
        )


def test_groups_stay_as_promised_while_a_round_is_open(content, now):
    partnership = make_partnership()
    council = make_organisation(partnership)
    empty = partnership.sectors.last()
    make_open_round(partnership)
    act = {"actor": owner_of(partnership), "now": now}

    for change in (
        lambda: change_organisation(
            organisation=council, name="Other", sector=council.sector, **act
        ),
        lambda: remove_organisation(organisation=council, **act),
        lambda: rename_sector(sector=empty, name="Other kind", **act),
        lambda: remove_sector(sector=empty, **act),
    ):
        with pytest.raises(Refused, match="after it closes"):
            change()

    assert make_organisation(partnership, "Another").pk
    assert add_sector(partnership=partnership, name="Universities", **act).pk


def test_another_partnership_is_not_held_by_an_open_round(content, now):
    make_open_round()
    partnership = make_partnership()
    council = make_organisation(partnership)

    remove_organisation(organisation=council, actor=owner_of(partnership), now=now)

    assert not partnership.organisations.exists()


def test_remove_organisation_refuses_while_a_list_names_its_people(content, now):
    partnership = make_partnership()
    council = make_organisation(partnership)
    make_people(make_round(partnership), 1, organisation=council)

    with pytest.raises(Refused, match="has people on the list"):
        remove_organisation(organisation=council, actor=owner_of(partnership), now=now)

    assert Organisation.objects.filter(pk=council.pk).exists()


def test_remove_sector_refuses_while_an_organisation_is_in_it(db, now):
    partnership = make_partnership()
    council = make_organisation(partnership)
    owner = owner_of(partnership)

    with pytest.raises(Refused, match="Move them"):
        remove_sector(sector=council.sector, actor=owner, now=now)

    empty = partnership.sectors.last()
    remove_sector(sector=empty, actor=owner, now=now)
    assert not partnership.sectors.filter(pk=empty.pk).exists()


def test_sectors_have_one_name_each_whatever_its_capitals(db, now):
    partnership = make_partnership()
    first, second, *_ = partnership.sectors.all()
    act = {"actor": owner_of(partnership), "now": now}

    with pytest.raises(Refused, match="here already"):
        add_sector(partnership=partnership, name=first.name.upper(), **act)
    with pytest.raises(Refused, match="here already"):
        rename_sector(sector=second, name=first.name.upper(), **act)

    rename_sector(sector=first, name=first.name.upper(), **act)
    first.refresh_from_db()
    assert first.name == FIRST_SECTORS[0].upper()


def test_grant_role_refuses_somebody_on_the_list_of_an_open_round(content, now):
    partnership = make_partnership()
    round_ = make_open_round(partnership)
    leader = round_.participants.first()
    user = make_user()
    user.email = leader.email.upper()
    user.save()
    act = {"role": "viewer", "actor": owner_of(partnership), "now": now}

    with pytest.raises(Refused, match="only after it has closed"):
        grant_role(partnership=partnership, user=user, **act)

    assert grant_role(partnership=make_partnership(), user=user, **act).role == "viewer"
    assert not Facilitation.objects.filter(partnership=partnership, user=user).exists()


def test_grant_role_is_possible_for_people_of_drafts_and_closed_rounds(content, now):
    partnership = make_partnership()
    closed = make_closed_round(partnership)
    user = make_user(email=closed.participants.first().email)
    draft = make_round(partnership)
    add_people(
        round_=draft,
        people=[NewPerson(name="Drafted", email=user.email)],
        actor=owner_of(partnership),
        now=now,
    )

    grant_role(
        partnership=partnership, user=user, role="viewer", actor=owner_of(partnership), now=now
    )

    assert Round.objects.visible_to(user).count() == 0
    assert partnership.facilitations.get(user=user).role == "viewer"
