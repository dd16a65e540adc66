"""The personal link: reading changes nothing, opening it takes the token out of the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.leaders.access import GONE, answering_page, is_taking_answers
from assessments.leaders.cookies import BLIND, forget, write_link, write_shared
from assessments.leaders.moments import find_moment
from assessments.models.rounds import Participant, Ticket
from assessments.services.answering.seats import find_seat
from assessments.services.links import find_place, link_of
from assessments.services.promises import read_promise
from assessments.services.retired_links import find_retired_link


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def personal_link(request: HttpRequest, token: str = "") -> HttpResponse:
    """Mail scanners open links too, so only a POST does anything."""
    place = find_place(token)
    if place and request.method == "POST":
        return _open(place, is_shared="shared_device" in request.POST)
    response = _show(request, place) if place else _say_why(request, token)
    # Browsers that send "Origin: null" would be refused, and no path may go along.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _say_why(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was replaced or taken away says so; any other is unknown."""
    retired = find_retired_link(token)
    if retired is None:
        return render(request, "leaders/link_unknown.html", status=404)
    context = {"retired": retired, "round": retired.round}
    return render(request, "leaders/retired.html", context, status=GONE)


def _open(place: Participant | Ticket, *, is_shared: bool) -> HttpResponse:
    response = redirect("answer_home", place.round_id)
    forget(response, place.round_id, BLIND)
    write_link(response, place.round_id, link_of(place))
    if is_shared:
        write_shared(response, place.round_id)
    return response


def _show(request: HttpRequest, place: Participant | Ticket) -> HttpResponse:
    round_ = place.round
    if not is_taking_answers(round_):
        return _show_later(request, place)
    seat = find_seat(round_id=round_.pk, link=link_of(place), reader=None)
    promise = read_promise(place, timezone.now())
    context = {"promise": promise, "round": round_, "seat": seat}
    return render(request, "leaders/promise.html", context)


def _show_later(request: HttpRequest, place: Participant | Ticket) -> HttpResponse:
    """Past the end: what came of the round, and the way to one's own page."""
    moment = find_moment(place.round, place.audience, timezone.now())
    context = {"round": place.round, "place": place, "moment": moment}
    return render(request, "leaders/link_later.html", context)
