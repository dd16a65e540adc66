"""Closing a round: a check, a typed word, once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.closing import CloseForm
from assessments.facilitators.pages import go_to_round, show_form
from assessments.facilitators.scope import find_own_round, signed_in
from assessments.services.closing import close_round
from assessments.services.closing.precheck import check_close


@require_http_methods(["GET", "HEAD", "POST"])
def round_close(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    round_ = find_own_round(user, partnership_id, round_id)
    if not round_.is_open:
        messages.error(request, _why_not(round_.is_closed))
        return go_to_round(round_)
    form = CloseForm(request.POST or None, round_=round_)
    if form.is_valid() and attempt(form, lambda: close_round(round_=round_, actor=user, now=now)):
        messages.success(request, "The round is closed.")
        return go_to_round(round_)
    return show_form(
        request,
        form,
        title="Close this round",
        button="Close the round for good",
        back=reverse("round_detail", args=[partnership_id, round_.pk]),
        template="facilitators/round_close.html",
        partnership=round_.partnership,
        round=round_,
        precheck=check_close(round_, now),
    )


def _why_not(is_closed: bool) -> str:
    if is_closed:
        return "This round has closed already. Somebody else, or the clock, was first."
    return "This round has not been opened, so there is nothing to close."
