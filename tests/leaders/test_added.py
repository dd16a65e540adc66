"""People put on the list later: those who have begun are told by name and by group."""

import pytest
from django.utils import timezone

from assessments.models.rounds import Participant
from assessments.services.rosters import NewPerson, add_people
from tests.factories import make_organisation, make_people, make_round, open_round, owner_of


@pytest.fixture
def round_(content):
    """Seven people of one organisation, and one organisation of another sector."""
    round_ = make_round()
    mine = make_organisation(round_.partnership, "Northvale Council")
    make_organisation(round_.partnership, "Northvale Hospital", sector=1)
    make_people(round_, 7, organisation=mine)
    return open_round(round_=round_, actor=owner_of(round_.partnership), now=timezone.now())


def add(round_, name, organisation=None, role_level=""):
    place = organisation and round_.partnership.organisations.get(name=organisation)
    person = NewPerson(name=name, organisation=place, role_level=role_level)
    add_people(
        round_=round_, people=[person], actor=owner_of(round_.partnership), now=timezone.now()
    )


def text_of(response):
    return " ".join(response.content.decode().split())


def test_those_who_have_begun_are_told_by_name_and_by_group(begun, round_):
    mine = str(round_.partnership.organisations.get(name="Northvale Council").pk)
    begun.client.post(begun.at("answer_withdraw"))
    begun.confirm(organisation=mine)
    begun.save(begun.items()[0], 4)
    assert "were added" not in text_of(begun.client.get(begun.home))

    add(round_, "Ada Okoro", "Northvale Council", "director")
    add(round_, "Ben Lister", "Northvale Hospital", "chief")

    sector = round_.partnership.organisations.get(name="Northvale Council").sector.name
    begun.submit()
    for address in (begun.home, begun.at("answer_review", "five_factors")):
        page = text_of(begun.client.get(address))
        assert "Since this round opened, 2 people were added to the list:" in page
        groups = f"Your sector: {sector}; Your organisation: Northvale Council; Your role: "
        assert f"Ada Okoro ({groups}" in page.replace("&#x27;", "'")
        assert "Ben Lister." in page
    assert "Ada Okoro" in text_of(begun.client.get(begun.at("own_profile", "five_factors")))


def test_nobody_is_told_of_themselves_or_of_the_other_audience(begun, round_, person):
    Participant.objects.filter(pk=person.pk).update(is_added_while_open=True)
    add(round_, "Cleo Outside")
    Participant.objects.filter(name="Cleo Outside").update(audience="outside")

    page = text_of(begun.client.get(begun.home))

    assert "added to the list" not in page


def test_people_outside_are_told_how_many_and_no_names(begun, round_, person):
    add(round_, "Cleo Outside")
    Participant.objects.filter(pk=person.pk).update(audience="outside")
    Participant.objects.filter(name="Cleo Outside").update(audience="outside")

    page = text_of(begun.client.get(begun.home))

    assert "1 person was added to the list." in page
    assert "Cleo" not in page
