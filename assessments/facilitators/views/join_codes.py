"""The room: a join code on a big screen, and how many have answered by it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.unnamed import PeopleForm, RoomForm
from assessments.facilitators.pages import UNPROCESSABLE, go_to_round, say_or_refuse
from assessments.facilitators.rooms import list_rooms, read_room
from assessments.facilitators.scope import find_own_round, signed_in
from assessments.facilitators.slips import list_audiences
from assessments.models.rounds import JoinCode, Round
from assessments.services.join_codes import count_people_anew, end_join_code, make_join_code


@require_http_methods(["GET", "HEAD", "POST"])
def round_room(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    round_ = find_own_round(user, partnership_id, round_id)
    if request.method != "POST" and not round_.is_open:
        messages.error(request, "People can join only while the round is open.")
        return go_to_round(round_)
    rooms = list_rooms(round_, now)
    taken = {room.join_code.audience for room in rooms}
    free = [audience for audience in list_audiences(round_) if audience not in taken]
    form = RoomForm(request.POST or None, audiences=free or list_audiences(round_))
    made: list[JoinCode] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            make_join_code(round_=round_, actor=user, now=now, **form.cleaned_data)
        ),
    ):
        return _go_to_screen(made[0])
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "form": form,
        "rooms": rooms,
        "may_make": bool(free) or bool(form.errors),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "facilitators/room.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def room_screen(
    request: HttpRequest, partnership_id: int, round_id: int, code_id: int
) -> HttpResponse:
    """The page for the wall. A POST corrects how many people are in the room."""
    user, now = signed_in(request.user), timezone.now()
    round_ = find_own_round(user, partnership_id, round_id)
    join_code = _find_code(round_, code_id)
    form = PeopleForm(request.POST or None, initial={"people": join_code.people})
    if form.is_valid() and attempt(
        form,
        lambda: count_people_anew(
            join_code=join_code, people=form.cleaned_data["people"], actor=user, now=now
        ),
    ):
        return _go_to_screen(join_code)
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "room": read_room(join_code, now),
        "form": form,
        "join_address": (settings.BASE_URL + reverse("join")).split("//", 1)[-1].rstrip("/"),
        "qr_address": settings.BASE_URL + reverse("join_code", args=[join_code.code]),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "facilitators/room_screen.html", context, status=status)


@require_safe
@never_cache
def room_count(
    request: HttpRequest, partnership_id: int, round_id: int, code_id: int
) -> HttpResponse:
    """The part of the screen that changes, asked for every few seconds."""
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    room = read_room(_find_code(round_, code_id), timezone.now())
    return render(request, "facilitators/_room_count.html", {"round": round_, "room": room})


@require_POST
def room_end(
    request: HttpRequest, partnership_id: int, round_id: int, code_id: int
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    join_code = _find_code(round_, code_id)
    say_or_refuse(
        request,
        lambda: end_join_code(join_code=join_code, actor=user, now=timezone.now()),
        done="The code has ended. Whoever has a place can go on answering.",
    )
    return go_to_round(round_, "round_room")


def _find_code(round_: Round, code_id: int) -> JoinCode:
    codes = JoinCode.objects.select_related("round__partnership")
    return get_object_or_404(codes, pk=code_id, round=round_)


def _go_to_screen(join_code: JoinCode) -> HttpResponse:
    round_ = join_code.round
    return redirect("room_screen", round_.partnership_id, round_.pk, join_code.pk)
