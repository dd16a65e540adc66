"""A round from draft to shared, all but the close itself (see `closing`)."""

from datetime import datetime, timedelta
from typing import Unpack

from django.db import transaction
from django.db.models import Max

from assessments.measures.thresholds import SOON_AFTER_DAYS
from assessments.models.partnerships import Facilitation, Partnership
from assessments.models.rounds import Audience, Round, RoundKey
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.keys import make_round_key
from assessments.services.locking import lock_round
from assessments.services.partnerships import lock_partnership
from assessments.services.places import count_places_of
from assessments.services.refusals import Refused
from assessments.services.rosters import give_links
from assessments.services.round_items import asks_contact, freeze_items, has_contact_items
from assessments.services.round_set_up import (
    Choices,
    SetUp,
    asks_audience,
    check_set_up,
    list_missing_questions,
    write_set_up,
)

# Earlier than this a facilitator could choose the moment that suits them.
EARLY_CLOSE_RATE = 0.8


@transaction.atomic
def create_round(
    *, partnership: Partnership, actor: User, now: datetime, **chosen: Unpack[Choices]
) -> Round:
    """A draft. Refused without the five factors or with an end in the past."""
    lock_partnership(partnership)
    set_up = SetUp(**chosen)
    check_set_up(set_up, now)
    newest = partnership.rounds.aggregate(newest=Max("number"))["newest"] or 0
    round_ = Round(partnership=partnership, number=newest + 1, created_by=actor)
    write_set_up(round_, set_up)
    record_event(actor=actor, action="round created", now=now, round_=round_)
    return round_


@transaction.atomic
def change_round(*, round_: Round, actor: User, now: datetime, **chosen: Unpack[Choices]) -> Round:
    """Changes a draft. Refused once the round is open: by then it is promised."""
    round_ = lock_round(round_.pk)
    if not round_.is_draft:
        raise Refused(
            "This round is open, and people have read how it works. "
            "Only its end date can still be moved."
        )
    set_up = SetUp(**chosen)
    check_set_up(set_up, now)
    write_set_up(round_, set_up)
    record_event(actor=actor, action="round changed", now=now, round_=round_)
    return round_


@transaction.atomic
def delete_draft(*, round_: Round, actor: User, now: datetime) -> None:
    """Deletes a draft and its list. Refused for any other round."""
    round_ = lock_round(round_.pk)
    if not round_.is_draft:
        raise Refused("Only a draft can be deleted.")
    record_event(
        actor=actor, action="draft deleted", now=now, round_=round_, detail={"n": round_.number}
    )
    round_.delete()


def list_problems(round_: Round, now: datetime) -> list[str]:
    """What stands in the way of opening a draft, as sentences; empty when nothing does."""
    problems = _list_problems_of_people(round_)
    if round_.ends_at <= now:
        problems.append("The closing date has passed. Choose a later one.")
    problems += _list_problems_of_questions(round_)
    if round_.partnership.rounds.filter(state=Round.State.OPEN).exists():
        problems.append("Another round of this partnership is open. It has to close first.")
    return problems


def _list_problems_of_people(round_: Round) -> list[str]:
    """A short list is none: people may come by a join code or by tickets."""
    outside = round_.participants.filter(audience=Audience.OUTSIDE)
    if outside.exists() and not asks_audience(round_, Audience.OUTSIDE):
        return [
            "There are people outside the leadership on the list, and the round asks them "
            "nothing. Add the view from outside, or take them off the list."
        ]
    return []


def _list_problems_of_questions(round_: Round) -> list[str]:
    if not round_.instruments.exists():
        return ["The round asks nothing yet. Choose what to ask."]
    problems = [
        f"The question about {words} is not in the checklist. Leave it out of the round."
        for words in list_missing_questions(
            asks_candour=round_.asks_candour, asks_foresight=round_.asks_foresight
        )
    ]
    if asks_contact(round_) and not has_contact_items(round_):
        problems.append(
            "“Who meets whom” has no sector to ask about: nobody on the list has an organisation. "
            "Leave it out, or say where people come from."
        )
    return problems


def find_recent_close(round_: Round, now: datetime) -> Round | None:
    """The round of this partnership that closed so recently that only bands may be shown.

    Two full pictures of the same people a few weeks apart would let somebody
    subtract one from the other.
    """
    earliest = now - timedelta(days=SOON_AFTER_DAYS)
    return (
        round_.partnership.rounds.filter(closed_at__gt=earliest)
        .exclude(pk=round_.pk)
        .order_by("-closed_at")
        .first()
    )


@transaction.atomic
def open_round(*, round_: Round, actor: User, now: datetime) -> Round:
    """Freezes what is asked, names the readers of comments, makes a key and every link.

    Raises Refused with the first problem of `list_problems`.
    """
    round_ = lock_round(round_.pk)
    if not round_.is_draft:
        raise Refused("This round has been opened already.")
    lock_partnership(round_.partnership)
    problems = list_problems(round_, now)
    if problems:
        raise Refused(problems[0])
    RoundKey.objects.create(round=round_, purpose=RoundKey.Purpose.ANSWER, key=make_round_key())
    freeze_items(round_)
    round_.comment_readers.set(list_comment_readers(round_, now))
    round_.state = Round.State.OPEN
    round_.opened_at = now
    round_.save(update_fields=["state", "opened_at"])
    give_links(round_, list(round_.participants.all()))
    record_event(actor=actor, action="round opened", now=now, round_=round_)
    return round_


@transaction.atomic
def move_end(*, round_: Round, ends_at: datetime, actor: User, now: datetime) -> Round:
    """A new end for an open round: later at any time, earlier once 80 % have answered."""
    round_ = lock_round(round_.pk)
    if not round_.is_open:
        raise Refused("Only an open round has an end date to move.")
    if ends_at <= now:
        raise Refused("Choose a moment that is still to come.")
    if ends_at < round_.ends_at and not may_close_early(round_):
        raise Refused(
            "The end can be moved earlier only when 80 % of the people have answered, "
            "so that nobody can choose the moment that suits them."
        )
    round_.ends_at = ends_at
    round_.save(update_fields=["ends_at"])
    record_event(
        actor=actor, action="end moved", now=now, round_=round_, detail={"to": ends_at.isoformat()}
    )
    return round_


def may_close_early(round_: Round) -> bool:
    """True when everyone, or at least 80 %, has submitted: in each audience, and of all.

    An audience by itself, because each has its own result. People taken off
    the list while the round is open still count as not having answered:
    otherwise removing them would be a way to choose the moment.
    """
    asked = [own for own in count_places_of([round_]).values() if own.invited]
    invited = sum(own.invited for own in asked) + round_.removed_while_open
    submitted = sum(own.submitted for own in asked)
    return bool(asked) and all(
        done >= EARLY_CLOSE_RATE * of
        for done, of in [(submitted, invited), *((own.submitted, own.invited) for own in asked)]
    )


@transaction.atomic
def share_results(*, round_: Round, actor: User, now: datetime) -> Round:
    """Lets leaders see the partnership's figures through their links."""
    round_ = lock_round(round_.pk)
    if round_.is_shared:
        return round_
    if not round_.is_closed:
        raise Refused("Results can be shared once the round has closed.")
    round_.state = Round.State.SHARED
    round_.shared_at = now
    round_.save(update_fields=["state", "shared_at"])
    record_event(actor=actor, action="results shared", now=now, round_=round_)
    return round_


def list_comment_readers(round_: Round, now: datetime) -> list[User]:
    """Those who run the round and do not answer it.

    Nobody where the round asks for no comments, or opens so soon after another
    that it shows three bands and nothing else: then no comment is asked for.
    """
    if not round_.asks_for_comments or find_recent_close(round_, now):
        return []
    answering = {email.casefold() for email in round_.participants.values_list("email", flat=True)}
    runs = User.objects.filter(
        facilitations__partnership=round_.partnership,
        facilitations__role__in=[Facilitation.Role.OWNER, Facilitation.Role.FACILITATOR],
        is_active=True,
    )
    return [user for user in runs if user.email.casefold() not in answering]
