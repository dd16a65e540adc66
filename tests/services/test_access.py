"""Invitations to a role on a partnership, changing roles and taking them away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from assessments.models.partnerships import AccessInvitation, Facilitation
from assessments.models.users import AuditEvent, User
from assessments.services import access
from assessments.services.keys import digest_token
from assessments.services.refusals import Refused
from tests.factories import make_open_round, make_partnership, make_people, make_user

pytestmark = pytest.mark.django_db


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def owner(now):
    return make_user("Amara Osei", "amara@example.org")


@pytest.fixture
def partnership(owner):
    return make_partnership(owner, "Northvale")


@pytest.fixture
def act(owner, now):
    return {"actor": owner, "now": now}


def give(partnership, role):
    return Facilitation.objects.create(partnership=partnership, user=make_user(), role=role)


def actions_of(partnership):
    events = AuditEvent.objects.about(partnership.pk).order_by("pk")
    return list(events.values_list("action", flat=True))


def token_of(invited):
    return invited.address.rsplit("/", 1)[1]


def invite(partnership, email="jo@example.org", role="facilitator", **act):
    return access.invite(partnership=partnership, email=email, role=role, **act)


def test_invite_writes_to_the_address_and_keeps_no_token(partnership, act, settings):
    settings.CAN_SEND_MAIL = True

    invited = invite(partnership, "Jo@Example.org", **act)

    [message] = mail.outbox
    assert invited.was_sent
    assert message.to == ["jo@example.org"]
    assert message.reply_to == ["amara@example.org"]
    assert message.subject == "Amara Osei invites you to Northvale"
    assert invited.address in message.body
    token = token_of(invited)
    assert invited.invitation.digest == digest_token(token)
    assert token not in str(list(AccessInvitation.objects.values()))
    assert token not in str(list(AuditEvent.objects.values()))
    assert actions_of(partnership) == ["partnership created", "invited to a role"]


@pytest.mark.parametrize("can_send", [True, False])
def test_invite_without_working_mail_gives_the_address(partnership, act, settings, can_send):
    settings.CAN_SEND_MAIL = can_send
    settings.EMAIL_BACKEND = "tests.services.test_access.BrokenBackend"

    invited = invite(partnership, **act)

    assert not invited.was_sent
    assert AccessInvitation.objects.get() == invited.invitation
    assert invited.address.startswith(settings.BASE_URL + "/invited/")


def test_invite_refuses_oneself_members_and_the_invited(partnership, act):
    member = give(partnership, "viewer").user
    invite(partnership, "jo@example.org", **act)

    for email, words in [
        ("AMARA@example.org", "your own address"),
        (member.email, "on the team already"),
        ("JO@example.org", "invited already"),
    ]:
        with pytest.raises(Refused, match=words):
            invite(partnership, email, **act)

    assert AccessInvitation.objects.count() == 1


def test_somebody_on_the_open_list_gains_and_loses_no_role(content, partnership, act, now):
    round_ = make_open_round(partnership)
    person = make_people(round_, 1)[0]
    on_list = make_user(email=person.email)
    facilitation = Facilitation.objects.create(
        partnership=partnership, user=on_list, role="facilitator"
    )
    late = invite(partnership, "late@example.org", **act).invitation
    first, last = round_.participants.exclude(pk=person.pk)[:2]
    round_.participants.filter(pk=first.pk).update(email="late@example.org")

    acts = [
        lambda: access.change_role(
            facilitation=facilitation, role="owner", was="facilitator", **act
        ),
        lambda: access.take_role_away(facilitation=facilitation, **act),
        lambda: access.make_invited_account(
            invitation=late, name="Late", password="three-words-together", now=now
        ),
        lambda: invite(partnership, last.email, **act),
    ]
    for one in acts:
        with pytest.raises(Refused, match="open round"):
            one()

    facilitation.refresh_from_db()
    assert facilitation.role == "facilitator"
    assert not User.objects.filter(email="late@example.org").exists()


def test_invite_again_kills_the_link_before(partnership, act, now):
    first = invite(partnership, **act)

    again = access.invite_again(
        invitation=first.invitation, actor=act["actor"], now=now + timedelta(days=20)
    )

    assert access.find_invitation(digest=digest_token(token_of(first)), now=now) is None
    found = access.find_invitation(
        digest=digest_token(token_of(again)), now=now + timedelta(days=33)
    )
    assert found == first.invitation


def test_invitation_ends_after_two_weeks_and_when_taken_back(partnership, act, now):
    invited = invite(partnership, **act)
    digest = invited.invitation.digest

    assert access.find_invitation(digest=digest, now=now + timedelta(days=13, hours=23))
    assert access.find_invitation(digest=digest, now=now + timedelta(days=14)) is None

    access.take_invitation_back(invitation=invited.invitation, **act)
    assert access.find_invitation(digest=digest, now=now) is None
    with pytest.raises(Refused, match="no longer works"):
        access.invite_again(invitation=invited.invitation, **act)


def test_accepting_makes_an_account_with_a_checked_address_once(partnership, act, now):
    invitation = invite(partnership, role="owner", **act).invitation
    new = {"name": "Jo Field", "password": "three-words-together", "now": now}

    user = access.make_invited_account(invitation=invitation, **new)

    assert user.check_password("three-words-together")
    assert user.emailaddress_set.get().verified
    assert partnership.facilitations.get(user=user).role == "owner"
    with pytest.raises(Refused, match="no longer works"):
        access.make_invited_account(invitation=invitation, **new)
    assert actions_of(partnership)[2:] == ["role granted", "invitation accepted"]


def test_accepting_is_for_the_invited_address_alone_and_keeps_a_higher_role(partnership, act, now):
    jo = make_user(email="jo@example.org")
    invitation = invite(partnership, "jo@example.org", "viewer", **act).invitation

    with pytest.raises(Refused, match=r"for jo@example\.org"):
        access.accept_invitation(invitation=invitation, user=make_user(), now=now)
    Facilitation.objects.create(partnership=partnership, user=jo, role="owner")
    accepted = access.accept_invitation(invitation=invitation, user=jo, now=now)

    assert accepted.role == "owner"
    assert not AccessInvitation.objects.exists()


def test_the_last_owner_stays(partnership, owner, act):
    last = partnership.facilitations.get(user=owner)
    inactive = give(partnership, "owner").user
    User.objects.filter(pk=inactive.pk).update(is_active=False)

    with pytest.raises(Refused, match="only owner"):
        access.change_role(facilitation=last, role="viewer", was="owner", **act)
    with pytest.raises(Refused, match="only owner"):
        access.take_role_away(facilitation=last, **act)

    give(partnership, "owner")
    access.change_role(facilitation=last, role="viewer", was="owner", **act)
    last.refresh_from_db()
    assert last.role == "viewer"


def test_the_second_of_two_who_change_a_role_is_told(partnership, act):
    member = give(partnership, "viewer")
    access.change_role(facilitation=member, role="facilitator", was="viewer", **act)

    with pytest.raises(Refused, match="is now: Facilitator"):
        access.change_role(facilitation=member, role="owner", was="viewer", **act)

    member.refresh_from_db()
    assert member.role == "facilitator"


def test_nobody_raises_their_own_role(partnership, now):
    superuser = make_user(is_staff=True, is_superuser=True)
    own = Facilitation.objects.create(partnership=partnership, user=superuser, role="viewer")

    with pytest.raises(Refused, match="own role"):
        access.change_role(facilitation=own, role="owner", was="viewer", actor=superuser, now=now)


def test_taking_a_role_away_ends_what_the_person_sent(partnership, act, now):
    other = give(partnership, "owner")
    theirs = invite(partnership, actor=other.user, now=now).invitation
    mine = invite(partnership, "kim@example.org", **act).invitation

    access.take_role_away(facilitation=other, **act)

    assert list(AccessInvitation.objects.all()) == [mine]
    assert theirs != mine
    with pytest.raises(Refused, match="Somebody else took"):
        access.take_role_away(facilitation=other, **act)
