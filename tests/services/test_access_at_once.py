"""Two people at the team at the same time, on both databases."""

import threading

import pytest
from django.db import connection

from assessments.models.partnerships import Facilitation
from assessments.services import access
from assessments.services.refusals import Refused
from tests.factories import make_partnership, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def run_at_once(*acts):
    """Runs each in a thread of its own; returns what was refused."""
    start, refused = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_two_owners_who_take_each_other_away_leave_one(now):
    first, second = make_user(), make_user()
    partnership = make_partnership(first)
    Facilitation.objects.create(partnership=partnership, user=second, role="owner")
    roles = {role.user: role for role in partnership.facilitations.all()}

    refused = run_at_once(
        lambda: access.take_role_away(facilitation=roles[second], actor=first, now=now),
        lambda: access.take_role_away(facilitation=roles[first], actor=second, now=now),
    )

    assert len(refused) == 1
    assert partnership.facilitations.filter(role="owner").count() == 1


def test_an_invitation_accepted_twice_at_once_makes_one_account(now):
    owner = make_user()
    partnership = make_partnership(owner)
    invited = access.invite(
        partnership=partnership, email="jo@example.org", role="viewer", actor=owner, now=now
    )

    def accept():
        access.make_invited_account(
            invitation=invited.invitation, name="Jo", password="three-words-together", now=now
        )

    refused = run_at_once(accept, accept)

    assert len(refused) == 1
    assert partnership.facilitations.filter(user__email="jo@example.org").count() == 1
