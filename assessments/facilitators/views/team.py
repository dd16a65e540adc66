"""Who is on the team of a partnership: owners decide, and superusers help out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.team import InviteForm, RoleForm
from assessments.facilitators.pages import UNPROCESSABLE, say_or_refuse, show_form
from assessments.facilitators.scope import AnyUser, find_partnership, signed_in
from assessments.models.partnerships import Facilitation, Partnership, Programme
from assessments.permissions import can_manage_team, is_owner, is_superuser, require
from assessments.services.access import (
    Invited,
    change_role,
    invite,
    invite_again,
    take_invitation_back,
    take_role_away,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, partnership_id: int) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    partnership = _find(user, partnership_id)
    form = InviteForm(request.POST or None, initial={"role": Facilitation.Role.FACILITATOR})
    done: list[Invited] = []
    if form.is_valid() and attempt(
        form,
        lambda: done.append(
            invite(partnership=partnership, **form.cleaned_data, actor=user, now=now)
        ),
    ):
        return _after_inviting(request, done[0])
    context = {
        "partnership": partnership,
        "form": form,
        "facilitations": partnership.facilitations.select_related("user"),
        "invitations": partnership.invitations.all(),
        "now": now,
        "programmes": Programme.objects.all(),
        "joined": set(partnership.programmes.values_list("pk", flat=True)),
        "may_join": is_owner(user, partnership),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "facilitators/team.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def team_role(request: HttpRequest, partnership_id: int, facilitation_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = _find(user, partnership_id)
    facilitation = _find_role(partnership, facilitation_id)
    form = RoleForm(request.POST or None, facilitation=facilitation)
    if form.is_valid() and attempt(
        form,
        lambda: change_role(
            facilitation=facilitation, **form.cleaned_data, actor=user, now=timezone.now()
        ),
    ):
        messages.success(request, "Saved.")
        return _go_to_team(partnership, user)
    return show_form(
        request,
        form,
        title=f"The role of {facilitation.user}",
        button="Save",
        back=reverse("team", args=[partnership.pk]),
        template="facilitators/team_role.html",
        partnership=partnership,
        facilitation=facilitation,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def team_remove(request: HttpRequest, partnership_id: int, facilitation_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = _find(user, partnership_id)
    facilitation = _find_role(partnership, facilitation_id)
    if request.method == "POST":
        say_or_refuse(
            request,
            lambda: take_role_away(facilitation=facilitation, actor=user, now=timezone.now()),
            done=f"{facilitation.user} is off the team.",
        )
        return _go_to_team(partnership, user)
    context = {"partnership": partnership, "facilitation": facilitation}
    return render(request, "facilitators/team_remove.html", context)


@require_POST
def invitation_again(request: HttpRequest, partnership_id: int, invitation_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = _find(user, partnership_id)
    invitation = get_object_or_404(partnership.invitations, pk=invitation_id)
    done: list[Invited] = []
    if say_or_refuse(
        request,
        lambda: done.append(invite_again(invitation=invitation, actor=user, now=timezone.now())),
        done="A new link is made. The one before opens nothing any more.",
    ):
        return _after_inviting(request, done[0])
    return redirect("team", partnership.pk)


@require_POST
def invitation_back(request: HttpRequest, partnership_id: int, invitation_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = _find(user, partnership_id)
    invitation = get_object_or_404(partnership.invitations, pk=invitation_id)
    take_invitation_back(invitation=invitation, actor=user, now=timezone.now())
    messages.success(request, f"The invitation to {invitation.email} is taken back.")
    return redirect("team", partnership.pk)


def _after_inviting(request: HttpRequest, invited: Invited) -> HttpResponse:
    """Back to the team; where no mail took the link, a page that shows it, this once."""
    if invited.was_sent:
        messages.success(request, f"The invitation to {invited.invitation.email} is sent.")
        return redirect("team", invited.invitation.partnership_id)
    context = {"partnership": invited.invitation.partnership, "invited": invited}
    return render(request, "facilitators/team_link.html", context)


def _find(user: AnyUser, partnership_id: int) -> Partnership:
    """404 for people without a role, but for superusers; 403 for those who are not owners."""
    if is_superuser(user):
        return get_object_or_404(Partnership, pk=partnership_id)
    partnership = find_partnership(user, partnership_id)
    require(can_manage_team(user, partnership))
    return partnership


def _find_role(partnership: Partnership, facilitation_id: int) -> Facilitation:
    roles = partnership.facilitations.select_related("user", "partnership")
    return get_object_or_404(roles, pk=facilitation_id)


def _go_to_team(partnership: Partnership, user: AnyUser) -> HttpResponse:
    """Owners who have just stepped down may not see the team any more."""
    if can_manage_team(user, partnership):
        return redirect("team", partnership.pk)
    return redirect("partnership_list")
