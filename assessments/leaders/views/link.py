"""The personal link: reading changes nothing, opening it takes the token out of the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.leaders.access import answering_page, is_taking_answers
from assessments.leaders.cookies import BLIND, Link, forget, write_link
from assessments.leaders.promise import read_promise
from assessments.models.rounds import Participant
from assessments.services.answering.seats import find_seat
from assessments.services.links import find_participant


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def personal_link(request: HttpRequest, token: str = "") -> HttpResponse:
    """Mail scanners open links too, so only a POST does anything."""
    participant = find_participant(token)
    if participant and request.method == "POST":
        return _open(participant)
    response = _show(request, participant) if participant else _say_unknown(request)
    # Browsers that send "Origin: null" would be refused, and no path may go along.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _say_unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "leaders/link_unknown.html", status=404)


def _open(participant: Participant) -> HttpResponse:
    response = redirect("answer_home", participant.round_id)
    forget(response, participant.round_id, BLIND)
    write_link(response, participant.round_id, Link(participant.pk, participant.link_version))
    return response


def _show(request: HttpRequest, participant: Participant) -> HttpResponse:
    round_ = participant.round
    if not is_taking_answers(round_):
        return render(request, "leaders/link_later.html", {"round": round_, "person": participant})
    seat = find_seat(
        round_id=round_.pk,
        participant_id=participant.pk,
        link_version=participant.link_version,
        reader=None,
    )
    promise = read_promise(participant, timezone.now())
    context = {"promise": promise, "round": round_, "person": participant, "seat": seat}
    return render(request, "leaders/promise.html", context)
