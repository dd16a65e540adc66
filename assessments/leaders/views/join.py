"""Ways in without a name: a code typed or scanned in a room, and what is typed from a slip.

Reading changes nothing. The place is taken by a POST below `/answer/`, where
the cookies of this device can be read: who has a place comes back to it.
"""

from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.leaders.access import GONE, answering_page, is_taking_answers, read_seat
from assessments.leaders.cookies import forget, is_shared, write_link, write_reader, write_shared
from assessments.leaders.forms import CodeForm
from assessments.leaders.join_forms import WRONG_CODE, JoinForm
from assessments.leaders.joining import count_joining, count_wrong_code, find_end_of_wait
from assessments.models.rounds import JoinCode, Ticket
from assessments.services.answering.coming_back import find_joined
from assessments.services.join_codes import find_join_code, read_join_code, take_place
from assessments.services.links import link_of
from assessments.services.promises import read_promise
from assessments.services.refusals import CodeHasEnded, EveryPlaceTaken, RoundNotOpen
from assessments.services.tickets import find_slip_address

NOT_FOUND, CONFLICT, UNPROCESSABLE, TOO_MANY = 404, 409, 422, 429


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def join(request: HttpRequest) -> HttpResponse:
    """Where people type the code of the room, or of a slip."""
    form = JoinForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = UNPROCESSABLE if form.errors else 200
        return render(request, "leaders/join.html", {"form": form}, status=status)
    typed: str = form.cleaned_data["code"]
    slip = find_slip_address(typed)
    if slip:
        # The path alone: a person may have come by another name of this host.
        return redirect(urlsplit(slip).path)
    join_code = _look_up(request, typed)
    if isinstance(join_code, HttpResponse):
        return join_code
    return redirect(_address_of(join_code, is_shared=form.cleaned_data["shared_device"]))


@require_safe
@answering_page
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the QR code: the promise in short, and a button."""
    found = _look_up(request, code)
    if isinstance(found, HttpResponse):
        return found
    now, round_ = timezone.now(), found.round
    context = {"join_code": found, "round": round_, "form": CodeForm()}
    if not is_taking_answers(round_) or found.ends_at <= now:
        return render(request, "leaders/join_ended.html", context, status=GONE)
    place = Ticket(round=round_, audience=found.audience, join_code=found)
    context |= {"promise": read_promise(place, now), "is_shared": "shared" in request.GET}
    return render(request, "leaders/join_code.html", context)


@require_POST
@answering_page
def join_round(request: HttpRequest, *, round_id: int) -> HttpResponse:
    """Takes a place, or comes back to the one that this device has."""
    found = _look_up(request, request.POST.get("code", ""))
    if isinstance(found, HttpResponse):
        return found
    if found.round_id != round_id:
        return redirect("join")
    is_anew = "anew" in request.POST
    seat = None if is_anew else read_seat(request, round_id)
    if seat and not seat.has_begun:
        return redirect("answer_home", round_id)
    if seat:
        context = {"seat": seat, "round": seat.round, "join_code": found}
        return render(request, "leaders/join_again.html", context, status=CONFLICT)
    shares = "shared_device" in request.POST or (is_anew and is_shared(request, round_id))
    return _take_place(request, found, shares=shares)


@require_POST
@answering_page
def join_back(request: HttpRequest, *, round_id: int) -> HttpResponse:
    """For those who joined on another device, or in a browser that forgot them: by return code."""
    found = _look_up(request, request.POST.get("join_code", ""))
    if isinstance(found, HttpResponse):
        return found
    form = CodeForm(request.POST)
    if form.is_valid():
        typed: str = form.cleaned_data["code"]
        joined = find_joined(join_code=found, typed=typed)
        if joined:
            response = redirect("answer_home", found.round_id)
            forget(response, found.round_id)
            write_link(response, found.round_id, joined.link)
            write_reader(response, found.round_id, joined.reader)
            return response
        count_wrong_code(request)
        form.add_error("code", "This code opens nothing here. Check each letter and number.")
    context = {"join_code": found, "round": found.round, "form": form}
    return render(request, "leaders/join_back.html", context, status=UNPROCESSABLE)


def _take_place(request: HttpRequest, found: JoinCode, *, shares: bool) -> HttpResponse:
    context: dict[str, object] = {"join_code": found, "round": found.round, "form": CodeForm()}
    try:
        until = count_joining(request)
        if until:
            return _say_wait(request, until)
        ticket = take_place(join_code=found, now=timezone.now())
    except (CodeHasEnded, RoundNotOpen):
        return render(request, "leaders/join_ended.html", context, status=GONE)
    except EveryPlaceTaken:
        return render(request, "leaders/join_full.html", context, status=CONFLICT)
    response = redirect("answer_home", found.round_id)
    forget(response, found.round_id)
    write_link(response, found.round_id, link_of(ticket))
    if shares:
        write_shared(response, found.round_id)
    return response


def _look_up(request: HttpRequest, typed: str) -> JoinCode | HttpResponse:
    """The code, living or ended; or the page that says why there is none."""
    until = find_end_of_wait(request)
    if until:
        return _say_wait(request, until)
    code = read_join_code(typed)
    found = find_join_code(code) if code else None
    if found:
        return found
    if code:
        count_wrong_code(request)
    form = JoinForm({"code": typed})
    form.is_valid()
    if not form.errors:
        form.add_error("code", WRONG_CODE)
    status = UNPROCESSABLE if request.method == "POST" else NOT_FOUND
    return render(request, "leaders/join.html", {"form": form}, status=status)


def _say_wait(request: HttpRequest, until: datetime) -> HttpResponse:
    response = render(request, "leaders/join_wait.html", {"until": until}, status=TOO_MANY)
    seconds = (until - timezone.now()).total_seconds()
    response["Retry-After"] = str(max(1, round(seconds)))
    return response


def _address_of(join_code: JoinCode, *, is_shared: bool) -> str:
    address = reverse("join_code", args=[join_code.code])
    return f"{address}?shared" if is_shared else address
