"""The mail of a round: its texts, its reminders, and how each message fares."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.mails import MailTextForm, ReminderForm
from assessments.facilitators.mail_rows import (
    count_fares,
    list_mail_rows,
    list_text_rows,
    name_text,
)
from assessments.facilitators.pages import (
    UNPROCESSABLE,
    go_to_round,
    say_or_refuse,
    show_form,
)
from assessments.facilitators.scope import find_own_round, find_person, signed_in
from assessments.models.mail import ScheduledReminder
from assessments.models.rounds import Audience, Round
from assessments.services.bounces import mark_arrived, mark_bounced
from assessments.services.default_mail_texts import DEFAULTS, Words
from assessments.services.invitations import count_to_invite, count_to_remind
from assessments.services.mail_messages import make_sample
from assessments.services.mail_samples import send_sample
from assessments.services.mail_texts import (
    EDITABLE,
    list_meanings,
    read_own_words,
    reset_mail_text,
    save_mail_text,
)
from assessments.services.outbox import list_due, send_due_mail
from assessments.services.reminders import remove_reminder, schedule_reminder

AT_ONCE = 20
# A server may give a page half a minute, and a message to a slow mail server costs seconds.
LONGEST = timedelta(seconds=8)


@require_safe
def round_mail(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    round_ = find_own_round(request.user, partnership_id, round_id)
    if round_.is_closed:
        return _say_closed(request, round_)
    return _show_mail(request, round_, ReminderForm(now=timezone.now()))


@require_POST
def reminder_add(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    now = timezone.now()
    form = ReminderForm(request.POST, now=now)
    if form.is_valid() and attempt(
        form,
        lambda: schedule_reminder(round_=round_, send_at=form.to_moment(), actor=user, now=now),
    ):
        messages.success(request, "The reminder will go out by itself.")
        return go_to_round(round_, "round_mail")
    return _show_mail(request, round_, form)


@require_POST
def reminder_remove(
    request: HttpRequest, partnership_id: int, round_id: int, reminder_id: int
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    reminder = get_object_or_404(ScheduledReminder, pk=reminder_id, round=round_)
    say_or_refuse(
        request,
        lambda: remove_reminder(reminder=reminder, actor=user, now=timezone.now()),
        done="This reminder will not go out.",
    )
    return go_to_round(round_, "round_mail")


@require_http_methods(["GET", "HEAD", "POST"])
def mail_text(
    request: HttpRequest, partnership_id: int, round_id: int, template: str, audience: str
) -> HttpResponse:
    """One form, three buttons: save, preview what is typed, send it to oneself."""
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    _require_text(template, audience)
    if round_.is_closed:
        return _say_closed(request, round_)
    own = read_own_words(round_, template, audience)
    was = own or DEFAULTS[template, audience]
    form = MailTextForm(request.POST or None, words=was, audience=audience)
    if form.is_valid():
        words = form.to_words()
        if "test" in request.POST:
            _send_test(request, form, round_, audience, words)
        elif "preview" not in request.POST and attempt(
            form,
            lambda: save_mail_text(
                round_=round_,
                template=template,
                audience=audience,
                words=words,
                was=was,
                actor=user,
                now=timezone.now(),
            ),
        ):
            messages.success(request, f"{name_text(template, audience)}: the text is saved.")
            return go_to_round(round_, "round_mail")
    return _show_text(request, round_, form, template, audience, is_own=own is not None)


@require_POST
def mail_text_reset(
    request: HttpRequest, partnership_id: int, round_id: int, template: str, audience: str
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    _require_text(template, audience)
    say_or_refuse(
        request,
        lambda: reset_mail_text(
            round_=round_, template=template, audience=audience, actor=user, now=timezone.now()
        ),
        done=f"{name_text(template, audience)}: the usual text is back.",
    )
    return go_to_round(round_, "round_mail")


@require_POST
def mail_send_now(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    """A few at a time, so that no page takes long; the page that follows goes on by itself.

    Safe beside a worker, and when two press it: each message is claimed first.
    """
    round_ = find_own_round(request.user, partnership_id, round_id)
    now = timezone.now()
    sent = send_due_mail(now=now, round_=round_, most=AT_ONCE, longest=LONGEST)
    if not list_due(now, round_).exists():
        messages.success(request, "Nothing more waits to be sent just now.")
        return go_to_round(round_, "round_mail")
    if sent:
        address = reverse("round_mail", args=[round_.partnership_id, round_.pk])
        return redirect(f"{address}?{urlencode({'going': 'on'})}")
    messages.error(
        request,
        "The mail server took nothing just now. Nothing is lost: what waits stands below, and you "
        "can send it later.",
    )
    return go_to_round(round_, "round_mail")


@require_POST
def mail_came_back(
    request: HttpRequest, partnership_id: int, round_id: int, participant_id: UUID
) -> HttpResponse:
    return _mark(
        request,
        partnership_id,
        round_id,
        participant_id,
        mark_bounced,
        "Nothing more is sent to {name} at this address.",
    )


@require_POST
def mail_arrived(
    request: HttpRequest, partnership_id: int, round_id: int, participant_id: UUID
) -> HttpResponse:
    return _mark(
        request,
        partnership_id,
        round_id,
        participant_id,
        mark_arrived,
        "{name} can be written to again.",
    )


def _mark(
    request: HttpRequest,
    partnership_id: int,
    round_id: int,
    participant_id: UUID,
    mark: Callable[..., None],
    done: str,
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    person = find_person(round_, participant_id)
    say_or_refuse(
        request,
        lambda: mark(participant=person, actor=user, now=timezone.now()),
        done=done.format(name=person.name),
    )
    return go_to_round(round_, "round_mail")


def _show_mail(request: HttpRequest, round_: Round, form: ReminderForm) -> HttpResponse:
    now = timezone.now()
    rows = list_mail_rows(round_)
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "form": form,
        "rows": rows,
        "fares": count_fares(round_, rows, now),
        "texts": list_text_rows(round_),
        "reminders": round_.reminders.all(),
        "now": now,
        "can_send_mail": settings.CAN_SEND_MAIL,
        "to_invite": count_to_invite(round_) if round_.is_open else 0,
        "to_remind": count_to_remind(round_, now) if round_.is_open else 0,
        "goes_on": "going" in request.GET,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "facilitators/mail.html", context, status=status)


def _show_text(
    request: HttpRequest,
    round_: Round,
    form: MailTextForm,
    template: str,
    audience: str,
    *,
    is_own: bool,
) -> HttpResponse:
    """With the message as a person would get it, unless what is typed has to be put right."""
    words = form.read_words()
    return show_form(
        request,
        form,
        title=name_text(template, audience),
        button="Save the text",
        back=reverse("round_mail", args=[round_.partnership_id, round_.pk]),
        template="facilitators/mail_text.html",
        partnership=round_.partnership,
        round=round_,
        template_code=template,
        audience=audience,
        is_own=is_own,
        is_typed=form.is_bound,
        meanings=list_meanings(audience),
        sample=make_sample(round_, audience, words) if words else None,
        can_send_mail=settings.CAN_SEND_MAIL,
    )


def _send_test(
    request: HttpRequest, form: MailTextForm, round_: Round, audience: str, words: Words
) -> None:
    user = signed_in(request.user)
    if attempt(form, lambda: send_sample(round_=round_, audience=audience, words=words, to=user)):
        messages.success(
            request, f"A test is on its way to {user.email}. What you typed is not saved yet."
        )


def _require_text(template: str, audience: str) -> None:
    if template not in EDITABLE or audience not in Audience.values:
        raise Http404


def _say_closed(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.error(request, "Mail goes out only while the round is open.")
    return go_to_round(round_)
