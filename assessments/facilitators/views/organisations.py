"""Organisations and sectors of a partnership."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.partnerships import OrganisationForm, SectorForm
from assessments.facilitators.pages import go_to_partnership, say_or_refuse, show_form
from assessments.facilitators.scope import find_own_partnership, signed_in
from assessments.facilitators.turns import one_at_a_time
from assessments.services.partnerships import (
    add_organisation,
    change_organisation,
    remove_organisation,
)
from assessments.services.sectors import add_sector, remove_sector, rename_sector


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request: HttpRequest, partnership_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_own_partnership(user, partnership_id)
    form = OrganisationForm(
        request.POST or None,
        partnership=partnership,
        initial={"sector": request.GET.get("sector", "")},
    )
    if form.is_valid() and attempt(
        form,
        lambda: add_organisation(
            partnership=partnership,
            name=form.cleaned_data["name"],
            sector=form.cleaned_data["sector"],
            actor=user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return go_to_partnership(partnership)
    return show_form(
        request,
        form,
        title="Add an organisation",
        button="Add the organisation",
        back=reverse("partnership_detail", args=[partnership.pk]),
        partnership=partnership,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(
    request: HttpRequest, partnership_id: int, organisation_id: int
) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_own_partnership(user, partnership_id)
    with one_at_a_time(request, partnership):
        organisation = get_object_or_404(partnership.organisations, pk=organisation_id)
        form = OrganisationForm(
            request.POST or None, partnership=partnership, organisation=organisation
        )
        if form.is_valid() and attempt(
            form,
            lambda: change_organisation(
                organisation=organisation,
                name=form.cleaned_data["name"],
                sector=form.cleaned_data["sector"],
                actor=user,
                now=timezone.now(),
            ),
        ):
            messages.success(request, "Saved.")
            return go_to_partnership(partnership)
    return show_form(
        request,
        form,
        title=f"Change {organisation.name}",
        button="Save",
        back=reverse("partnership_detail", args=[partnership.pk]),
        template="facilitators/organisation_form.html",
        partnership=partnership,
        organisation=organisation,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_remove(
    request: HttpRequest, partnership_id: int, organisation_id: int
) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_own_partnership(user, partnership_id)
    organisation = get_object_or_404(partnership.organisations, pk=organisation_id)
    if request.method == "POST":
        say_or_refuse(
            request,
            lambda: remove_organisation(organisation=organisation, actor=user, now=timezone.now()),
            done=f"{organisation.name} is removed.",
        )
        return go_to_partnership(partnership)
    return render(
        request,
        "facilitators/organisation_remove.html",
        {"partnership": partnership, "organisation": organisation},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sector_create(request: HttpRequest, partnership_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_own_partnership(user, partnership_id)
    form = SectorForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: add_sector(
            partnership=partnership,
            name=form.cleaned_data["name"],
            actor=user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return go_to_partnership(partnership)
    return show_form(
        request,
        form,
        title="Add a sector",
        button="Add the sector",
        back=reverse("partnership_detail", args=[partnership.pk]),
        partnership=partnership,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sector_edit(request: HttpRequest, partnership_id: int, sector_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_own_partnership(user, partnership_id)
    with one_at_a_time(request, partnership):
        sector = get_object_or_404(partnership.sectors, pk=sector_id)
        form = SectorForm(request.POST or None, sector=sector)
        if form.is_valid() and attempt(
            form,
            lambda: rename_sector(
                sector=sector, name=form.cleaned_data["name"], actor=user, now=timezone.now()
            ),
        ):
            messages.success(request, "Saved.")
            return go_to_partnership(partnership)
    return show_form(
        request,
        form,
        title=f"Rename {sector.name}",
        button="Save",
        back=reverse("partnership_detail", args=[partnership.pk]),
        template="facilitators/sector_form.html",
        partnership=partnership,
        sector=sector,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sector_remove(request: HttpRequest, partnership_id: int, sector_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_own_partnership(user, partnership_id)
    sector = get_object_or_404(partnership.sectors, pk=sector_id)
    if request.method == "POST":
        say_or_refuse(
            request,
            lambda: remove_sector(sector=sector, actor=user, now=timezone.now()),
            done=f"{sector.name} is removed.",
        )
        return go_to_partnership(partnership)
    return render(
        request,
        "facilitators/sector_remove.html",
        {"partnership": partnership, "sector": sector},
    )
