"""Copying the last round of a partnership."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.facilitators.pages import go_to_partnership, go_to_round
from assessments.facilitators.scope import find_own_partnership, signed_in
from assessments.models.partnerships import Partnership
from assessments.models.rounds import Round
from assessments.services.copying import copy_last_round, plan_copy
from assessments.services.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def round_copy(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """What copying would take along, and by POST the draft itself."""
    partnership = find_own_partnership(signed_in(request.user), partnership_id)
    if request.method == "POST":
        return _copy(request, partnership)
    plan = plan_copy(partnership, timezone.now())
    if plan is None:
        messages.info(request, "There is no round to copy yet. Set up the first one.")
        return redirect("round_create", partnership.pk)
    draft = partnership.rounds.filter(state=Round.State.DRAFT).order_by("-number").first()
    context = {"partnership": partnership, "plan": plan, "draft": draft}
    return render(request, "facilitators/round_copy.html", context)


def _copy(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    try:
        round_ = copy_last_round(
            partnership=partnership, actor=signed_in(request.user), now=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to_partnership(partnership)
    messages.success(request, "The last round is copied as a draft. Check each step.")
    return go_to_round(round_)
