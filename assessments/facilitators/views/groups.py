"""Counting small sectors together, as the check before opening proposes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.facilitators.pages import go_to_round, say_or_refuse
from assessments.facilitators.scope import find_own_round, signed_in
from assessments.models.rounds import Round
from assessments.services.groups_ahead import JOINED, look_ahead
from assessments.services.merging import join_sectors


@require_http_methods(["GET", "HEAD", "POST"])
def round_join_sectors(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    """The form carries the sectors that were read, so that nothing else is moved."""
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    if request.method == "POST":
        return _join(request, round_)
    merger = look_ahead(round_).merger if round_.is_draft else None
    if merger is None:
        messages.info(request, "No sectors have to be counted together.")
        return go_to_round(round_)
    context = {"partnership": round_.partnership, "round": round_, "merger": merger}
    return render(request, "facilitators/round_join_sectors.html", context)


def _join(request: HttpRequest, round_: Round) -> HttpResponse:
    chosen = {int(key) for key in request.POST.getlist("sector") if key.isdecimal()}
    say_or_refuse(
        request,
        lambda: join_sectors(
            round_=round_,
            sectors=chosen,
            actor=signed_in(request.user),
            now=timezone.now(),
        ),
        done=f"These sectors now count together as “{JOINED}”.",
    )
    return go_to_round(round_, "round_open")
