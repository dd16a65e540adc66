"""Personal links of an open round: to copy, to send, to make anew."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.facilitators.link_rows import list_link_rows, to_lines
from assessments.facilitators.pages import count_words, go_to_round, say_or_refuse
from assessments.facilitators.scope import find_own_round, find_person, signed_in
from assessments.models.mail import OutgoingMail
from assessments.services.invitations import (
    count_to_invite,
    count_to_remind,
    queue_again,
    queue_invitations,
    queue_new_link,
    queue_reminders,
)
from assessments.services.refusals import Refused
from assessments.services.rosters import has_started, has_submitted, issue_new_link


@require_safe
@never_cache
def round_links(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    round_ = find_own_round(request.user, partnership_id, round_id)
    if not round_.is_open:
        messages.error(request, "There are links for answering only while the round is open.")
        return go_to_round(round_)
    rows = list_link_rows(round_)
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "rows": rows,
        "lines": to_lines(rows),
        "can_send_mail": settings.CAN_SEND_MAIL,
        "to_invite": count_to_invite(round_),
        "to_remind": count_to_remind(round_, timezone.now()),
        "failed": sum(row.mail == OutgoingMail.Status.FAILED for row in rows),
        "waiting": sum(row.is_waiting for row in rows),
    }
    return render(request, "facilitators/round_links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_new_link(
    request: HttpRequest, partnership_id: int, round_id: int, participant_id: UUID
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    person = find_person(round_, participant_id)
    if request.method == "POST":
        done = f"{person.name} has a new link. The old one no longer works."
        made = say_or_refuse(
            request,
            lambda: issue_new_link(participant=person, actor=user, now=timezone.now()),
            done=done,
        )
        if made and settings.CAN_SEND_MAIL:
            queue_new_link(participant=person, actor=user, now=timezone.now())
        return go_to_round(round_, "round_links")
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "person": person,
        "has_started": has_started(person),
        "has_submitted": has_submitted(person),
        "can_send_mail": settings.CAN_SEND_MAIL,
    }
    return render(request, "facilitators/person_new_link.html", context)


@require_POST
def round_invite(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    return _queue(request, partnership_id, round_id, queue_invitations, "invitation")


@require_POST
def round_remind(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    return _queue(request, partnership_id, round_id, queue_reminders, "reminder")


@require_POST
def round_send_again(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    return _queue(request, partnership_id, round_id, queue_again, "message")


def _queue(
    request: HttpRequest,
    partnership_id: int,
    round_id: int,
    queue: Callable[..., int],
    word: str,
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    try:
        queued = queue(round_=round_, actor=user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to_round(round_, "round_mail")
    if queued:
        words = count_words(queued, f"{word} is", f"{word}s are")
        messages.success(request, f"{words} on the way. This page shows how each one fares.")
    else:
        messages.info(request, "There is nobody to write to just now.")
    return go_to_round(round_, "round_mail")
