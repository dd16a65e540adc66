"""The team page, and the link by which somebody comes onto a team."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessments.models.partnerships import AccessInvitation, Facilitation
from assessments.models.users import User
from assessments.services.access import invite
from assessments.services.keys import digest_token
from tests.factories import make_partnership, make_user

pytestmark = pytest.mark.django_db
NEW = {"name": "Jo Field", "password": "three-words-together", "again": "three-words-together"}


@pytest.fixture
def owner(client):
    owner = make_user("Amara Osei")
    client.force_login(owner)
    return owner


@pytest.fixture
def partnership(owner):
    return make_partnership(owner, "Northvale")


@pytest.fixture
def link(partnership, owner, now):
    invited = invite(
        partnership=partnership, email="jo@example.org", role="facilitator", actor=owner, now=now
    )
    return "/invited/" + invited.address.rsplit("/", 1)[1]


def at(partnership, name="team", *more):
    return reverse(name, args=[partnership.pk, *more])


def test_owner_invites_and_the_mail_brings_the_link(client, partnership, settings):
    settings.CAN_SEND_MAIL = True
    data = {"email": "jo@example.org", "role": "facilitator"}

    page = client.post(at(partnership), data, follow=True).content.decode()

    assert "The invitation to jo@example.org is sent." in page
    link = re.search(r"/invited/\S+", mail.outbox[0].body)[0]
    assert "Northvale" in Client().get(link).content.decode()
    assert link not in page


def test_without_mail_the_link_is_shown_this_once(client, partnership):
    data = {"email": "jo@example.org", "role": "viewer"}

    response = client.post(at(partnership), data)

    link = re.search(r"/invited/[\w-]{43}", response.content.decode())[0]
    assert "no-store" in response.headers["Cache-Control"]
    assert link not in client.get(at(partnership)).content.decode()
    assert AccessInvitation.objects.get().digest == digest_token(link.rsplit("/", 1)[1])


def test_refused_invitation_keeps_what_was_typed(client, partnership, owner):
    response = client.post(at(partnership), {"email": owner.email, "role": "viewer"})

    assert response.status_code == 422
    html = response.content.decode()
    assert "your own address" in html
    assert f'value="{owner.email}"' in html


def test_opening_the_link_changes_nothing(link, now):
    client = Client()

    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200

    assert AccessInvitation.objects.count() == 1
    assert not User.objects.filter(email="jo@example.org").exists()
    assert "sessionid" not in client.cookies
    assert client.get(link).headers["Referrer-Policy"] == "strict-origin"


def test_new_person_makes_an_account_and_is_in(link, partnership):
    client = Client()

    response = client.post(link, NEW)

    assert response.url == at(partnership, "partnership_detail")
    user = User.objects.get(email="jo@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert partnership.facilitations.get(user=user).role == "facilitator"
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"again": "something-else-here"}, "not the same"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "jo@example.org", "again": "jo@example.org"}, "too similar"),
        ({"name": " "}, "Give your name"),
    ],
)
def test_weak_or_mistyped_account_is_explained(link, change, words):
    response = Client().post(link, {**NEW, **change})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not User.objects.filter(email="jo@example.org").exists()


def test_person_with_an_account_signs_in_and_accepts(link, partnership):
    user = make_user(email="jo@example.org")
    client = Client()

    sent_on = client.post(link, {"act": "sign-in"}).url
    signed_in = client.post(sent_on, {"login": user.email, "password": "only-for-tests"})
    back = signed_in.url
    token = link.rsplit("/", 1)[1]
    asked = client.get(back).content.decode()
    accepted = client.post(back, {"act": "accept"})

    assert token not in sent_on + back
    assert not any(token in str(session.get_decoded()) for session in Session.objects.all())
    assert "You are invited" in asked
    assert accepted.url == at(partnership, "partnership_detail")
    assert partnership.facilitations.get(user=user).role == "facilitator"
    assert client.get(back).status_code == 404


def test_somebody_else_who_is_signed_in_takes_no_role(link, partnership):
    other, client = make_user(), Client()
    client.force_login(other)

    page = client.get(link).content.decode()
    response = client.post(link, {"act": "accept"})

    assert "This invitation is for jo@example.org" in page
    assert response.status_code == 403
    assert not partnership.facilitations.filter(user=other).exists()


def test_link_taken_back_or_sent_again_opens_nothing(client, partnership, link):
    invitation = AccessInvitation.objects.get()

    client.post(at(partnership, "invitation_again", invitation.pk))
    assert "no longer works" in Client().get(link).content.decode()

    client.post(at(partnership, "invitation_back", invitation.pk))
    assert not AccessInvitation.objects.exists()


def test_role_is_changed_and_taken_away(client, partnership):
    user = make_user("Kim Vale")
    role = Facilitation.objects.create(partnership=partnership, user=user, role="viewer")

    client.post(at(partnership, "team_role", role.pk), {"role": "owner", "was": "viewer"})
    role.refresh_from_db()
    assert role.role == "owner"

    page = client.post(at(partnership, "team_remove", role.pk), follow=True).content.decode()
    assert "Kim Vale is off the team." in page
    assert not partnership.facilitations.filter(user=user).exists()


def test_second_of_two_owners_is_told_what_is_stored(client, partnership):
    role = Facilitation.objects.create(partnership=partnership, user=make_user(), role="viewer")
    Facilitation.objects.filter(pk=role.pk).update(role="facilitator")

    response = client.post(
        at(partnership, "team_role", role.pk), {"role": "owner", "was": "viewer"}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "is now: Facilitator" in html
    assert re.search(r'value="owner"[^>]*checked', html) or re.search(
        r'checked[^>]*value="owner"', html
    )


def test_owner_who_steps_down_lands_where_they_may_be(client, partnership, owner):
    Facilitation.objects.create(partnership=partnership, user=make_user(), role="owner")
    own = partnership.facilitations.get(user=owner)

    data = {"role": "viewer", "was": "owner"}
    response = client.post(at(partnership, "team_role", own.pk), data, follow=True)

    assert response.status_code == 200
    assert client.get(at(partnership)).status_code == 403


def test_people_and_invitations_of_another_partnership_are_not_found(client, partnership, now):
    theirs = make_partnership()
    role = theirs.facilitations.get()
    invited = invite(
        partnership=theirs, email="x@example.org", role="viewer", actor=role.user, now=now
    )

    for name, pk in [
        ("team_role", role.pk),
        ("team_remove", role.pk),
        ("invitation_back", invited.invitation.pk),
        ("invitation_again", invited.invitation.pk),
    ]:
        assert client.post(at(partnership, name, pk)).status_code == 404
    assert theirs.facilitations.count() == theirs.invitations.count() == 1


def test_superuser_invites_an_owner_and_never_themselves(partnership):
    admin, client = make_user(is_staff=True, is_superuser=True), Client()
    client.force_login(admin)

    invited = client.post(at(partnership), {"email": "new@example.org", "role": "owner"})
    own = client.post(at(partnership), {"email": admin.email, "role": "owner"})

    assert invited.status_code == 200
    assert own.status_code == 422
    assert list(partnership.invitations.values_list("email", flat=True)) == ["new@example.org"]
    assert client.get(at(partnership, "partnership_detail")).status_code == 404


def test_team_page_asks_the_same_with_one_and_three(
    client, partnership, link, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as one:
        client.get(at(partnership))
    for _ in range(2):
        Facilitation.objects.create(partnership=partnership, user=make_user(), role="viewer")
    with django_assert_max_num_queries(len(one)):
        client.get(at(partnership))


def test_only_owners_see_the_way_to_the_team(client, partnership):
    assert at(partnership) in client.get(at(partnership, "partnership_detail")).content.decode()

    facilitator, other = make_user(), Client()
    Facilitation.objects.create(partnership=partnership, user=facilitator, role="facilitator")
    other.force_login(facilitator)
    assert at(partnership) not in other.get(at(partnership, "partnership_detail")).content.decode()
