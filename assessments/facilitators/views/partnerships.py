"""The list of partnerships, and one partnership."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.partnerships import PartnershipForm
from assessments.facilitators.needs import list_needs
from assessments.facilitators.overview import list_partnership_rows, list_round_rows
from assessments.facilitators.pages import go_to_partnership, show_form
from assessments.facilitators.scope import find_own_partnership, find_partnership, signed_in
from assessments.facilitators.turns import one_at_a_time
from assessments.models.rounds import Round
from assessments.permissions import (
    can_create_partnership,
    can_run_partnership,
    is_owner,
    require,
)
from assessments.services.partnerships import change_partnership, create_partnership


@require_safe
def partnership_list(request: HttpRequest) -> HttpResponse:
    user = signed_in(request.user)
    rows = list_partnership_rows(user)
    context = {
        "rows": rows,
        "may_create": can_create_partnership(user),
        "needs": list_needs(user, timezone.now()) if any(row.runs for row in rows) else None,
    }
    return render(request, "facilitators/partnership_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_create(request: HttpRequest) -> HttpResponse:
    user = signed_in(request.user)
    require(can_create_partnership(user))
    form = PartnershipForm(request.POST or None)
    if form.is_valid():
        partnership = create_partnership(
            name=form.cleaned_data["name"],
            about=form.cleaned_data["about"],
            owner=user,
            now=timezone.now(),
        )
        messages.success(request, f"{partnership} is set up. Add its organisations next.")
        return redirect("partnership_detail", partnership.pk)
    return show_form(
        request,
        form,
        title="Add a partnership",
        button="Add the partnership",
        back=reverse("partnership_list"),
    )


@require_safe
def partnership_detail(request: HttpRequest, partnership_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_partnership(user, partnership_id)
    rounds = Round.objects.visible_to(user).filter(partnership=partnership).order_by("-number")
    rows = list_round_rows(rounds)
    context = {
        "partnership": partnership,
        "sectors": partnership.sectors.prefetch_related("organisations"),
        "rows": rows,
        "runs": can_run_partnership(user, partnership),
        "owns": is_owner(user, partnership),
        "has_open_round": any(row.round.is_open for row in rows),
        "people_who_run": partnership.facilitations.exclude(role="viewer").select_related("user"),
    }
    return render(request, "facilitators/partnership_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_edit(request: HttpRequest, partnership_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_own_partnership(user, partnership_id)
    with one_at_a_time(request, partnership):
        form = PartnershipForm(request.POST or None, partnership=partnership)
        if form.is_valid() and attempt(
            form,
            lambda: change_partnership(
                partnership=partnership,
                name=form.cleaned_data["name"],
                about=form.cleaned_data["about"],
                actor=user,
                now=timezone.now(),
            ),
        ):
            messages.success(request, "Saved.")
            return go_to_partnership(partnership)
    return show_form(
        request,
        form,
        title="Change the partnership",
        button="Save",
        back=reverse("partnership_detail", args=[partnership.pk]),
        partnership=partnership,
    )
