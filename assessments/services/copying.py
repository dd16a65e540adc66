"""The next round from the last: its people, what it asked and in what words, dates moved on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.models.content import Edition
from assessments.models.mail import MailText
from assessments.models.partnerships import Partnership
from assessments.models.rounds import Audience, Participant, Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.new_people import NewPerson
from assessments.services.partnerships import lock_partnership
from assessments.services.refusals import Refused
from assessments.services.rosters import add_people
from assessments.services.round_set_up import (
    QUICK_TEST,
    find_outside_edition,
    list_missing_questions,
    list_offered_editions,
)
from assessments.services.rounds import create_round

SHORTEST = timedelta(days=1)


@dataclass(frozen=True)
class CopyPlan:
    """What copying `source` now would make.

    `editions` are the newest published ones of what it asked; `left_out` names
    what is published no more. `bounced` people are taken along, marked.
    """

    source: Round
    editions: tuple[Edition, ...]
    left_out: tuple[str, ...]
    ends_at: datetime
    session_on: date | None
    leaders: int
    outside: int
    bounced: int
    texts: int


def find_last_round(partnership: Partnership) -> Round | None:
    """The newest round that people were asked in."""
    return partnership.rounds.exclude(state=Round.State.DRAFT).order_by("-number").first()


def plan_copy(partnership: Partnership, now: datetime) -> CopyPlan | None:
    """None where there is no round to copy."""
    source = find_last_round(partnership)
    if source is None:
        return None
    editions, left_out = _find_editions(source)
    people = _list_people(source, editions)
    ends_at = _move_on(source, now)
    return CopyPlan(
        source=source,
        editions=editions,
        left_out=left_out,
        ends_at=ends_at,
        session_on=_move_session(source, ends_at),
        leaders=people.filter(audience=Audience.LEADERS).count(),
        outside=people.filter(audience=Audience.OUTSIDE).count(),
        bounced=people.filter(has_bounced=True).count(),
        texts=source.mail_texts.count(),
    )


@transaction.atomic
def copy_last_round(*, partnership: Partnership, actor: User, now: datetime) -> Round:
    """A draft. Refused without a last round, and while another draft waits.

    The second refusal makes a form that is sent twice do no harm.
    """
    lock_partnership(partnership)
    if partnership.rounds.filter(state=Round.State.DRAFT).exists():
        raise Refused("There is a draft already. Go on with it, or delete it first.")
    plan = plan_copy(partnership, now)
    if plan is None:
        raise Refused("There is no round to copy yet. Set up the first one.")
    round_ = _create(partnership, plan, actor, now)
    _copy_people(plan, round_, actor, now)
    _copy_texts(plan.source, round_)
    record_event(
        actor=actor,
        action="round copied",
        now=now,
        round_=round_,
        detail={"number": plan.source.number},
    )
    return round_


def _create(partnership: Partnership, plan: CopyPlan, actor: User, now: datetime) -> Round:
    source = plan.source
    asks_test = any(one.instrument.code == QUICK_TEST for one in plan.editions)
    return create_round(
        partnership=partnership,
        actor=actor,
        now=now,
        editions=plan.editions,
        ends_at=plan.ends_at,
        session_on=plan.session_on,
        smallest_group=source.smallest_group,
        purpose=source.purpose,
        asks_for_comments=source.asks_for_comments,
        asks_candour=source.asks_candour and not _is_missing(candour=True),
        asks_foresight=source.asks_foresight and not _is_missing(foresight=True),
        quick_test_problem=source.quick_test_problem if asks_test else "",
    )


def _is_missing(*, candour: bool = False, foresight: bool = False) -> bool:
    return bool(list_missing_questions(asks_candour=candour, asks_foresight=foresight))


def _find_editions(source: Round) -> tuple[tuple[Edition, ...], tuple[str, ...]]:
    outside = find_outside_edition()
    published = [*list_offered_editions(), *([outside] if outside else [])]
    asked = source.instruments.select_related("edition__instrument").order_by("order")
    titles = {own.edition.instrument.code: own.edition.title for own in asked}
    found = tuple(one for one in published if one.instrument.code in titles)
    there = {one.instrument.code for one in found}
    return found, tuple(title for code, title in titles.items() if code not in there)


def _list_people(source: Round, editions: tuple[Edition, ...]) -> QuerySet[Participant]:
    """Those outside the leadership come along only where they would still be asked."""
    outside = find_outside_edition()
    if outside in editions:
        return source.participants.all()
    return source.participants.filter(audience=Audience.LEADERS)


def _copy_people(plan: CopyPlan, round_: Round, actor: User, now: datetime) -> None:
    people = list(_list_people(plan.source, plan.editions).select_related("organisation"))
    if not people:
        return
    new = [
        NewPerson(one.name, one.email, one.organisation, one.role_level, one.audience)
        for one in people
    ]
    add_people(round_=round_, people=new, actor=actor, now=now)
    bounced = [one.email for one in people if one.has_bounced and one.email]
    round_.participants.filter(email__in=bounced).update(has_bounced=True)


def _copy_texts(source: Round, round_: Round) -> None:
    MailText.objects.bulk_create(
        MailText(
            round=round_,
            template=own.template,
            audience=own.audience,
            subject=own.subject,
            text=own.text,
        )
        for own in source.mail_texts.all()
    )


def _move_on(source: Round, now: datetime) -> datetime:
    """As many days from now as the last one had, at the same time of day."""
    length = source.ends_at - (source.opened_at or source.ends_at)
    days = max(round(length / timedelta(days=1)), SHORTEST.days)
    ends = timezone.localtime(source.ends_at)
    day = timezone.localtime(now).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, ends.time()))


def _move_session(source: Round, ends_at: datetime) -> date | None:
    if source.session_on is None:
        return None
    gap = source.session_on - timezone.localtime(source.ends_at).date()
    return timezone.localtime(ends_at).date() + max(gap, timedelta(0))
