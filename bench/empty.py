"""The app's own addresses, and beside them two pages with nothing on them but their frame."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from assessments.leaders.access import while_answering, with_seat
from assessments.services.answering.seats import Seat
from leadership_app.urls import urlpatterns as app_patterns


@login_not_required
def show_empty(request: HttpRequest) -> HttpResponse:
    """The base template of an answering page, behind the same middleware."""
    response = render(request, "leaders/_page.html")
    response["Cache-Control"] = "no-store"
    return response


@with_seat
@while_answering
def show_empty_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same for somebody who is answering: it has found their place, and shows nothing."""
    return render(request, "leaders/_page.html", {"seat": seat, "round": seat.round})


urlpatterns = [
    *app_patterns,
    path("empty/", show_empty),
    path("answer/<int:round_id>/empty/", show_empty_seat),
]
