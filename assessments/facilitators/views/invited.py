"""Accepting an invitation to a role. Opening its link changes nothing."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.team import NewAccountForm
from assessments.facilitators.pages import UNPROCESSABLE
from assessments.facilitators.scope import signed_in
from assessments.models.partnerships import AccessInvitation
from assessments.models.users import User
from assessments.services.access import (
    accept_invitation,
    find_account,
    find_invitation,
    make_invited_account,
)
from assessments.services.keys import digest_token
from assessments.services.refusals import Refused

KEPT = "invitation"


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: accept, sign in first, or make the account."""
    invitation = find_invitation(digest=digest_token(token), now=timezone.now())
    if invitation is None:
        return _show(request, "invited_gone", None, status=404)
    if request.user.is_authenticated:
        return _accept_or_ask(request, invitation)
    if find_account(invitation):
        return _sign_in_first(request, invitation)
    return _make_account(request, invitation)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited_here(request: HttpRequest) -> HttpResponse:
    """After signing in: the session knows which invitation, by its digest."""
    digest = request.session.get(KEPT)
    if not digest:
        raise Http404
    invitation = find_invitation(digest=digest, now=timezone.now())
    if invitation is None:
        return _show(request, "invited_gone", None, status=404)
    return _accept_or_ask(request, invitation)


def _accept_or_ask(request: HttpRequest, invitation: AccessInvitation) -> HttpResponse:
    user = signed_in(request.user)
    if user.email.lower() != invitation.email.lower():
        status = 403 if request.method == "POST" else 200
        return _show(request, "invited_other", invitation, status=status)
    if request.method != "POST":
        return _show(request, "invited", invitation)
    try:
        accept_invitation(invitation=invitation, user=user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("partnership_list")
    request.session.pop(KEPT, None)
    return _welcome(request, invitation)


def _sign_in_first(request: HttpRequest, invitation: AccessInvitation) -> HttpResponse:
    if request.method != "POST":
        return _show(request, "invited_sign_in", invitation)
    request.session[KEPT] = invitation.digest
    query = urlencode({"next": reverse("invited_here")})
    return redirect(f"{reverse('account_login')}?{query}")


def _make_account(request: HttpRequest, invitation: AccessInvitation) -> HttpResponse:
    form = NewAccountForm(request.POST or None, invitation=invitation)
    made: list[User] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            make_invited_account(
                invitation=invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                now=timezone.now(),
            )
        ),
    ):
        address = reverse("partnership_detail", args=[invitation.partnership_id])
        messages.success(request, _words(invitation))
        return perform_login(request, made[0], redirect_url=address)
    status = UNPROCESSABLE if form.errors else 200
    return _show(request, "invited_new", invitation, status=status, form=form)


def _welcome(request: HttpRequest, invitation: AccessInvitation) -> HttpResponse:
    messages.success(request, _words(invitation))
    return redirect("partnership_detail", invitation.partnership_id)


def _words(invitation: AccessInvitation) -> str:
    return f"Welcome to the team of {invitation.partnership}."


def _show(
    request: HttpRequest,
    page: str,
    invitation: AccessInvitation | None,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = {"invitation": invitation, **more}
    response = render(request, f"access/{page}.html", context, status=status)
    # The token in the address goes to no other site, nor to the next page.
    response["Referrer-Policy"] = "strict-origin"
    return response
