"""Another device: enter the code, go on without it, start again, or leave this device."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.leaders.access import show_closed, while_open, with_seat
from assessments.leaders.cookies import (
    BLIND,
    CODE,
    PLACE,
    READER,
    forget,
    write_blind,
    write_reader,
)
from assessments.leaders.forms import CodeForm
from assessments.services.answering.own import enter_code_after_close
from assessments.services.answering.seats import Seat, enter_code, start_again
from assessments.services.keys import Reader
from assessments.services.refusals import AlreadySubmitted, RoundNotOpen

WRONG_CODE = (
    "This code does not open your answers. Check each letter and number, and try again. "
    "Nothing is lost."
)


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
def give_code(request: HttpRequest, seat: Seat) -> HttpResponse:
    """While the round is open and after it has closed."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reader = _read_code(seat, form.cleaned_data["code"])
        if reader:
            response = redirect("answer_home", seat.round_id)
            write_reader(response, seat.round_id, reader)
            forget(response, seat.round_id, BLIND)
            return response
        form.add_error("code", WRONG_CODE)
    status = 422 if form.errors else 200
    return render(request, "leaders/give_code.html", {"seat": seat, "form": form}, status=status)


@require_POST
@with_seat
@while_open
def go_on_blind(request: HttpRequest, seat: Seat) -> HttpResponse:
    response = redirect("answer_home", seat.round_id)
    if seat.may_write:
        # The code of somebody else, or of answers that were deleted, is of no use here.
        forget(response, seat.round_id, READER)
        write_blind(response, seat.round_id)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
@while_open
def begin_again(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Asks first, then deletes what was begun and not submitted."""
    response = redirect("answer_home", seat.round_id)
    if not seat.has_begun:
        return response
    if request.method != "POST" or seat.submitted:
        status = 409 if request.method == "POST" else 200
        return render(request, "leaders/begin_again.html", {"seat": seat}, status=status)
    try:
        start_again(seat=seat, now=timezone.now())
    except RoundNotOpen:
        return show_closed(request, seat.round)
    except AlreadySubmitted:
        return response
    forget(response, seat.round_id, READER, BLIND, CODE, PLACE)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
def leave_device(request: HttpRequest, seat: Seat) -> HttpResponse:
    """For a shared computer: takes every cookie of the round off it."""
    if request.method != "POST":
        return render(request, "leaders/leave_device.html", {"seat": seat})
    response = render(request, "leaders/device_left.html", {"round": seat.round})
    forget(response, seat.round_id)
    return response


def _read_code(seat: Seat, typed: str) -> Reader | None:
    if seat.round.is_closed:
        return enter_code_after_close(round_id=seat.round_id, typed=typed)
    return enter_code(seat=seat, typed=typed)
