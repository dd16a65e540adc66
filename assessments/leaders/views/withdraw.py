"""Taking answers back: the page asks and says what goes; a POST deletes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.leaders.access import GONE, is_taking_answers, while_answering, with_seat
from assessments.leaders.cookies import BLIND, CODE, PLACE, READER, forget
from assessments.leaders.moments import find_moment
from assessments.leaders.progress import find_part, read_parts
from assessments.services.answering.seats import Seat
from assessments.services.answering.withdrawing import take_back, withdraw
from assessments.services.refusals import Refused, RoundNotOpen


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
def answer_withdraw(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everything of this round."""
    if not is_taking_answers(seat.round):
        return _say_too_late(request, seat)
    return _withdraw(request, seat)


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
def answer_take_back(request: HttpRequest, seat: Seat, instrument: str) -> HttpResponse:
    """One part of it."""
    if not is_taking_answers(seat.round):
        return _say_too_late(request, seat)
    return _take_back(request, seat, instrument=instrument)


@while_answering
def _withdraw(request: HttpRequest, seat: Seat) -> HttpResponse:
    if request.method != "POST":
        parts = [part for part in read_parts(seat) if part.answered or part.is_submitted]
        return render(request, "leaders/withdraw.html", {"seat": seat, "parts": parts})
    try:
        withdraw(seat=seat, now=timezone.now())
    except RoundNotOpen:
        return _say_too_late(request, seat)
    except Refused:
        return redirect("answer_home", seat.round_id)
    response = render(request, "leaders/withdrawn.html", {"seat": seat, "round": seat.round})
    # The link stays: by it the person can begin again.
    forget(response, seat.round_id, READER, BLIND, CODE, PLACE)
    return response


@while_answering
def _take_back(request: HttpRequest, seat: Seat, instrument: str) -> HttpResponse:
    part = find_part(seat, instrument)
    if part is None:
        raise Http404("This round does not ask that.")
    if not seat.can_read or not (part.answered or part.is_submitted):
        return redirect("answer_home", seat.round_id)
    context = {"seat": seat, "round": seat.round, "part": part}
    if request.method != "POST":
        return render(request, "leaders/withdraw_part.html", context)
    try:
        take_back(seat=seat, instrument=part.instrument.round_instrument, now=timezone.now())
    except RoundNotOpen:
        return _say_too_late(request, seat)
    except Refused:
        return redirect("answer_home", seat.round_id)
    return render(request, "leaders/withdrawn_part.html", context)


def _say_too_late(request: HttpRequest, seat: Seat) -> HttpResponse:
    # It may have closed since the seat was read.
    seat.round.refresh_from_db(fields=["state", "closed_at", "shared_at", "ends_at"])
    moment = find_moment(seat.round, seat.audience, timezone.now())
    context = {"seat": seat, "round": seat.round, "moment": moment}
    return render(request, "leaders/withdraw_late.html", context, status=GONE)
