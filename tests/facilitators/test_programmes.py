"""Joining a programme, and what its leads see."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models.partnerships import Facilitation, Programme
from tests.factories import make_open_round, make_organisation, make_partnership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    programme = Programme.objects.create(name="Winter together")
    programme.leads.add(make_user("Lee Lead"))
    return programme


@pytest.fixture
def partnership():
    return make_partnership(make_user("Amara Osei"), "Northvale")


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(programme):
    client = client_of(programme.leads.get())
    return client.get(reverse("programme_detail", args=[programme.pk])).content.decode()


def consent(user, partnership, programme, act):
    address = reverse("programme_consent", args=[partnership.pk, programme.pk])
    return client_of(user).post(address, {"act": act}, follow=True)


def test_owner_joins_after_reading_what_leads_see_and_leaves(partnership, programme):
    owner = partnership.facilitations.get().user
    address = reverse("programme_consent", args=[partnership.pk, programme.pk])

    asked = client_of(owner).get(address).content.decode()
    joined = consent(owner, partnership, programme, "join").content.decode()

    assert "They see no name of a person and no result" in asked
    assert "Northvale has joined Winter together." in joined
    assert "Northvale" in page_of(programme)
    consent(owner, partnership, programme, "leave")
    assert "Northvale" not in page_of(programme)


def test_facilitator_and_superuser_cannot_join_for_the_owner(partnership, programme):
    facilitator = make_user()
    Facilitation.objects.create(partnership=partnership, user=facilitator, role="facilitator")
    admin = make_user(is_staff=True, is_superuser=True)

    assert consent(facilitator, partnership, programme, "join").status_code == 403
    assert consent(admin, partnership, programme, "join").status_code == 404
    assert not programme.partnerships.exists()


def test_leads_read_numbers_and_no_names(content, partnership, programme):
    round_ = make_open_round(partnership, people=6)
    organisation = make_organisation(partnership, "Hill Trust")
    programme.partnerships.add(partnership)

    page = page_of(programme)

    assert "0 of the 6 leaders who were asked have finished" in " ".join(page.split())
    hidden = [organisation.name, "Amara", *round_.participants.values_list("name", flat=True)]
    assert not any(name in page for name in hidden)


def test_leads_get_to_no_page_of_a_partnership(content, partnership, programme):
    round_ = make_open_round(partnership, people=6)
    programme.partnerships.add(partnership)
    client = client_of(programme.leads.get())

    for name, args in [
        ("partnership_detail", [partnership.pk]),
        ("round_detail", [partnership.pk, round_.pk]),
        ("round_results", [partnership.pk, round_.pk]),
    ]:
        assert client.get(reverse(name, args=args)).status_code == 404


def test_admin_names_leads_and_adds_no_partnership(client, programme, partnership):
    admin = make_user(is_staff=True, is_superuser=True)
    client.force_login(admin)
    address = reverse("admin:assessments_programme_change", args=[programme.pk])
    data = {"name": "Winter", "leads": [admin.pk], "partnerships": [partnership.pk]}

    client.post(address, data)

    programme.refresh_from_db()
    assert programme.name == "Winter"
    assert list(programme.leads.all()) == [admin]
    assert not programme.partnerships.exists()


def test_admin_finds_the_way_to_a_team_and_nothing_else(client, partnership):
    client.force_login(make_user(is_staff=True, is_superuser=True))

    page = client.get(reverse("admin:assessments_partnership_changelist")).content.decode()

    assert reverse("team", args=[partnership.pk]) in page
    assert client.get(reverse("admin:assessments_partnership_add")).status_code == 403
