"""A round from draft to shared, all but the close itself (see `closing`)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from assessments.measures.thresholds import SOON_AFTER_DAYS
from assessments.models.content import Edition
from assessments.models.partnerships import Facilitation, Partnership
from assessments.models.rounds import Audience, Round, RoundInstrument, RoundKey
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.keys import make_round_key
from assessments.services.locking import lock_round
from assessments.services.partnerships import lock_partnership
from assessments.services.refusals import Refused
from assessments.services.rosters import count_states, give_links
from assessments.services.round_items import freeze_items

# What a round may ask its leaders; the five factors come first and are always asked.
OFFERED = ("five_factors", "six_ways", "practice", "context", "differences")
ALWAYS = "five_factors"
# Earlier than this a facilitator could choose the moment that suits them.
EARLY_CLOSE_RATE = 0.8


@transaction.atomic
def create_round(
    *,
    partnership: Partnership,
    editions: Sequence[Edition],
    ends_at: datetime,
    smallest_group: int,
    purpose: str,
    actor: User,
    now: datetime,
    session_on: date | None = None,
    asks_for_comments: bool = True,
) -> Round:
    """A draft. Refused without the five factors or with an end in the past."""
    lock_partnership(partnership)
    _check_set_up(editions, ends_at, smallest_group, now)
    newest = partnership.rounds.aggregate(newest=Max("number"))["newest"] or 0
    round_ = Round.objects.create(
        partnership=partnership,
        number=newest + 1,
        purpose=purpose,
        smallest_group=smallest_group,
        ends_at=ends_at,
        session_on=session_on,
        asks_for_comments=asks_for_comments,
        created_by=actor,
    )
    _set_instruments(round_, editions)
    record_event(actor=actor, action="round created", now=now, round_=round_)
    return round_


@transaction.atomic
def change_round(
    *,
    round_: Round,
    editions: Sequence[Edition],
    ends_at: datetime,
    smallest_group: int,
    purpose: str,
    actor: User,
    now: datetime,
    session_on: date | None = None,
    asks_for_comments: bool = True,
) -> Round:
    """Changes a draft. Refused once the round is open: by then it is promised."""
    round_ = lock_round(round_.pk)
    if not round_.is_draft:
        raise Refused(
            "This round is open, and people have read how it works. "
            "Only its end date can still be moved."
        )
    _check_set_up(editions, ends_at, smallest_group, now)
    round_.purpose = purpose
    round_.smallest_group = smallest_group
    round_.ends_at = ends_at
    round_.session_on = session_on
    round_.asks_for_comments = asks_for_comments
    round_.save()
    _set_instruments(round_, editions)
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
    problems = []
    people = round_.participants.count()
    if people < round_.smallest_group:
        problems.append(
            f"The list needs at least {round_.smallest_group} people and has {people}. "
            "With fewer, nothing could ever be shown."
        )
    if round_.ends_at <= now:
        problems.append("The closing date has passed. Choose a later one.")
    if not round_.instruments.exists():
        problems.append("The round asks nothing yet. Choose what to ask.")
    if round_.partnership.rounds.filter(state=Round.State.OPEN).exists():
        problems.append("Another round of this partnership is open. It has to close first.")
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
    """True when everyone, or at least 80 % of those on the list, has submitted.

    People taken off the list while the round is open still count as not having
    answered: otherwise removing them would be a way to choose the moment.
    """
    counts = [count_states(round_, audience) for audience in Audience.values]
    invited = sum(count["invited"] for count in counts) + round_.removed_while_open
    submitted = sum(count["submitted"] for count in counts)
    return invited > 0 and submitted >= EARLY_CLOSE_RATE * invited


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


def list_offered_editions() -> list[Edition]:
    """The published editions that a round can ask its leaders, in order."""
    return list(
        Edition.objects.filter(state=Edition.State.PUBLISHED, instrument__code__in=OFFERED)
        .select_related("instrument")
        .order_by("instrument__order")
    )


def _check_set_up(
    editions: Sequence[Edition], ends_at: datetime, smallest_group: int, now: datetime
) -> None:
    codes = [edition.instrument.code for edition in editions]
    if ALWAYS not in codes:
        raise Refused("Every round asks the five factors. Add the others to them.")
    if set(codes) - set(OFFERED) or any(
        edition.state != Edition.State.PUBLISHED for edition in editions
    ):
        raise Refused("Choose from the published parts of the checklist.")
    if smallest_group < Round.SMALLEST_GROUP:
        raise Refused(
            f"The smallest group is never under {Round.SMALLEST_GROUP}, because fewer people "
            "could be told apart."
        )
    if ends_at <= now:
        raise Refused("Choose a closing date that is still to come.")


def _set_instruments(round_: Round, editions: Sequence[Edition]) -> None:
    round_.instruments.all().delete()
    ordered = sorted(editions, key=lambda edition: OFFERED.index(edition.instrument.code))
    RoundInstrument.objects.bulk_create(
        RoundInstrument(round=round_, edition=edition, audience=Audience.LEADERS, order=order)
        for order, edition in enumerate(ordered, start=1)
    )


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
