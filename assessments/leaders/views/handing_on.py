"""A shared device: finish, forget everything, and be ready for the next person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.leaders.access import answering_page, read_seat
from assessments.leaders.cookies import forget
from assessments.services.answering.seats import Seat
from assessments.services.join_codes import list_living


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def hand_on(request: HttpRequest, *, round_id: int) -> HttpResponse:
    """Asks first; afterwards the same address says that the device is ready for the next."""
    seat = read_seat(request, round_id)
    if request.method == "POST":
        return _forget_everything(seat, round_id)
    if seat is None:
        return render(request, "leaders/hand_on_ready.html")
    return render(request, "leaders/hand_on.html", {"seat": seat, "round": seat.round})


def _forget_everything(seat: Seat | None, round_id: int) -> HttpResponse:
    response = redirect(_find_way_for_the_next(seat, round_id))
    forget(response, round_id)
    response["Clear-Site-Data"] = '"cache"'
    return response


def _find_way_for_the_next(seat: Seat | None, round_id: int) -> str:
    """Back to the room's code where this person joined by it and it lives; else a plain page."""
    if seat and seat.is_joined:
        living = list_living(seat.round, timezone.now()).filter(audience=seat.audience).first()
        if living:
            return reverse("join_code", args=[living.code]) + "?shared"
    return reverse("hand_on", args=[round_id])
