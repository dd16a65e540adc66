"""The promise once more, for those who have begun or came by a join code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.leaders.access import while_open, with_seat
from assessments.services.answering.seats import Seat
from assessments.services.promises import read_promise


@require_safe
@with_seat
@while_open
def answer_promise(request: HttpRequest, seat: Seat) -> HttpResponse:
    if seat.place is None:
        return redirect("answer_home", seat.round_id)
    context = {
        "promise": read_promise(seat.place, timezone.now()),
        "round": seat.round,
        "seat": seat,
        "is_read_again": True,
    }
    return render(request, "leaders/promise.html", context)
