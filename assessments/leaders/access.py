"""What every answering page goes through: no store, the seat of this device, an open round."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.leaders.cookies import (
    SHARED,
    is_blind,
    is_shared,
    keep_for_the_session,
    read_link,
    read_reader,
    sets,
)
from assessments.models.rounds import Round
from assessments.services.answering.seats import Seat, find_seat

GONE = 410
SeatView = Callable[Concatenate[HttpRequest, Seat, ...], HttpResponse]
PlainView = Callable[..., HttpResponse]


def answering_page(view: PlainView) -> PlainView:
    """A page without an account that no browser, proxy or server keeps."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        round_id = kwargs.get("round_id")
        if sets(response, SHARED) or (round_id and is_shared(request, round_id)):
            keep_for_the_session(response)
        return response

    return login_not_required(wrapped)


def with_seat(view: SeatView) -> PlainView:
    """Calls the view with the seat of this device, or asks for the personal link."""

    @answering_page
    @wraps(view)
    def wrapped(request: HttpRequest, *, round_id: int, **kwargs: Any) -> HttpResponse:
        seat = read_seat(request, round_id)
        if seat is None:
            return render(request, "leaders/need_link.html", status=403)
        return view(request, seat, **kwargs)

    return wrapped


def while_open(view: SeatView) -> SeatView:
    """Calls the view while the round takes answers, else says plainly that it does not."""

    @wraps(view)
    def wrapped(request: HttpRequest, seat: Seat, **kwargs: Any) -> HttpResponse:
        if not is_taking_answers(seat.round):
            return show_closed(request, seat.round)
        return view(request, seat, **kwargs)

    return wrapped


def while_answering(view: SeatView) -> SeatView:
    """For pages of somebody who has begun and has chosen how to go on; others go to the start."""

    @while_open
    @wraps(view)
    def wrapped(request: HttpRequest, seat: Seat, **kwargs: Any) -> HttpResponse:
        if not (seat.may_write and (seat.can_read or is_blind(request, seat.round_id))):
            return redirect("answer_home", seat.round_id)
        return view(request, seat, **kwargs)

    return wrapped


def read_seat(request: HttpRequest, round_id: int) -> Seat | None:
    link = read_link(request, round_id)
    if link is None:
        return None
    return find_seat(round_id=round_id, link=link, reader=read_reader(request, round_id))


def is_taking_answers(round_: Round) -> bool:
    return round_.is_open and round_.ends_at > timezone.now()


def show_closed(request: HttpRequest, round_: Round) -> HttpResponse:
    return render(request, "leaders/closed.html", {"round": round_}, status=GONE)
