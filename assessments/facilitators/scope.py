"""The first lines of every view here: the object as this user may see it, or 404, or 403."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from assessments.models.partnerships import Partnership
from assessments.models.rounds import Participant, Round
from assessments.models.users import User
from assessments.permissions import can_run_partnership, can_run_round, require

AnyUser = User | AnonymousUser


def find_partnership(user: AnyUser, partnership_id: int) -> Partnership:
    """404 for a partnership on which the user has no role."""
    partnerships = Partnership.objects.visible_to(signed_in(user))
    return get_object_or_404(partnerships, pk=partnership_id)


def find_own_partnership(user: AnyUser, partnership_id: int) -> Partnership:
    """As `find_partnership`, and 403 for a viewer."""
    partnership = find_partnership(user, partnership_id)
    require(can_run_partnership(user, partnership))
    return partnership


def find_round(user: AnyUser, partnership_id: int, round_id: int) -> Round:
    """404 for a round the user may not see, and under another partnership's address."""
    rounds = Round.objects.visible_to(signed_in(user)).select_related("partnership", "created_by")
    return get_object_or_404(rounds, pk=round_id, partnership=partnership_id)


def find_own_round(user: AnyUser, partnership_id: int, round_id: int) -> Round:
    """As `find_round`, and 403 for a viewer, who is on the partnership but runs nothing.

    A viewer gets 403 for a round that is not shared too: they know that the
    partnership is there, and learn nothing more.
    """
    require(can_run_partnership(user, find_partnership(user, partnership_id)))
    round_ = find_round(user, partnership_id, round_id)
    require(can_run_round(user, round_))
    return round_


def find_person(round_: Round, participant_id: object) -> Participant:
    people = round_.participants.select_related("organisation")
    return get_object_or_404(people, pk=participant_id)


def signed_in(user: AnyUser) -> User:
    """The middleware lets nobody else in; this tells the type checker."""
    if not isinstance(user, User):
        raise TypeError("This page is for people with an account.")
    return user
