"""One click in, as anybody. These addresses exist in demo mode alone (see urls)."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Participant, ParticipantState, Round
from assessments.models.users import User
from assessments.services.links import list_links

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
@login_not_required
def sign_in_as_facilitator(request: HttpRequest) -> HttpResponse:
    owners = Facilitation.objects.filter(role=Facilitation.Role.OWNER).order_by("pk")
    first = owners.values_list("user", flat=True).first()
    return _sign_in(request, User.objects.filter(pk=first or 0).first(), "partnership_list")


@require_safe
@login_not_required
def sign_in_as_admin(request: HttpRequest) -> HttpResponse:
    admin = User.objects.filter(is_superuser=True).order_by("pk").first()
    return _sign_in(request, admin, "admin:index")


@require_safe
@login_not_required
def open_a_personal_link(request: HttpRequest) -> HttpResponse:
    """To the link of somebody who has not begun yet, in the first open round."""
    waiting = Participant.objects.filter(
        round__state=Round.State.OPEN, progress__state=ParticipantState.State.INVITED
    )
    participant = waiting.select_related("round").order_by("round", "audience", "name").first()
    if participant is None:
        raise Http404("Everybody has begun. Make a new round as the facilitator.")
    return redirect(list_links(participant.round, [participant])[participant])


def _sign_in(request: HttpRequest, user: User | None, page: str) -> HttpResponse:
    if user is None:
        raise Http404("The demo has nobody of this kind. Run make demo again.")
    login(request, user, backend=BACKEND)
    return redirect(page)
