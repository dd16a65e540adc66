"""Closing a round: one transaction, six steps, irreversible."""

from datetime import datetime

from django.db import transaction

from assessments.models.mail import OutgoingMail, ScheduledReminder
from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.rounds import ParticipantState, Round, RoundKey, Throttle, Ticket
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.closing import wiping
from assessments.services.closing.comments import move_comments
from assessments.services.closing.population import Population, read_populations
from assessments.services.closing.publishing import write_result
from assessments.services.closing.sealed_rows import seal_responses
from assessments.services.locking import lock_round
from assessments.services.refusals import Refused
from assessments.services.rounds import find_recent_close, may_close_early


def close_round(*, round_: Round, actor: User | None, now: datetime) -> Round:
    """Closes an open round and returns it; a round closed meanwhile is returned as it is.

    `actor` is None when the clock closes it. Refused before the closing date
    unless at least 80 % have answered. After the commit the database
    overwrites what was deleted; that is recorded, and retried by
    `wiping.wipe_due` until it is done.
    """
    with transaction.atomic():
        locked = lock_round(round_.pk)
        if locked.is_closed:
            return locked
        _check_may_close(locked, now)
        populations = read_populations(locked)
        for population in populations:
            _publish(locked, population, now)
        _delete_what_was_open(locked)
        locked.state = Round.State.CLOSED
        locked.closed_at = now
        locked.save(update_fields=["state", "closed_at"])
        record_event(actor=actor, action="round closed", now=now, round_=locked)
        transaction.on_commit(lambda: wiping.wipe(round_id=locked.pk, now=now))
    return locked


def _check_may_close(round_: Round, now: datetime) -> None:
    if not round_.is_open:
        raise Refused("Only an open round can be closed.")
    if now < round_.ends_at and not may_close_early(round_):
        raise Refused(
            "Before its closing date a round can be closed only when 80 % of the people have "
            "answered, so that nobody can choose the moment that suits them."
        )


def _publish(round_: Round, population: Population, now: datetime) -> None:
    opened_at = round_.opened_at or now
    result = write_result(
        round_, population, is_bands_only=find_recent_close(round_, opened_at) is not None
    )
    if result.counted is None:
        # Fewer than k: nothing is shown, and nothing is kept.
        return
    seal_responses(round_, population)
    if not result.is_bands_only:
        # Bands and nothing else: what nobody may be shown is not collected.
        move_comments(round_, population, result, now)


def _delete_what_was_open(round_: Round) -> None:
    """Answers first: each is then one statement, where a cascade would read every row."""
    responses = Response.objects.filter(round=round_)
    for model in (Answer, Comment, Sitting):
        model.objects.filter(response__in=responses).delete()
    # Django collects these, for what could cascade: keys alone, as there may be very many.
    responses.only("pk").delete()
    participants = round_.participants.all()
    ParticipantState.objects.filter(participant__in=participants).delete()
    OutgoingMail.objects.filter(participant__in=participants).delete()
    ScheduledReminder.objects.filter(round=round_).delete()
    Ticket.objects.filter(round=round_).delete()
    # They say of no round, and when somebody joined: every one goes, at the cost of a count anew.
    Throttle.objects.all().delete()
    RoundKey.objects.filter(round=round_).delete()
