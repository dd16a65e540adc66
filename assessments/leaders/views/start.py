"""The start of a round on this device: confirm, keep the code, and the parts to answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.leaders.access import is_taking_answers, show_closed, while_open, with_seat
from assessments.leaders.added import list_added
from assessments.leaders.cookies import (
    BLIND,
    CODE,
    PLACE,
    forget,
    is_blind,
    read_code,
    read_place,
    write_code,
    write_reader,
)
from assessments.leaders.forms import CodeForm, ConfirmForm
from assessments.leaders.progress import find_way_on, read_parts
from assessments.leaders.views.after_close import show_after_close
from assessments.models.partnerships import Organisation
from assessments.services.answering.seats import (
    NewResponse,
    Seat,
    begin_response,
    start_again,
)
from assessments.services.refusals import AlreadyBegun, Refused, RoundNotOpen


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
def answer_home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Where every way leads: each state of a person has its own page here."""
    round_ = seat.round
    if round_.is_closed:
        return show_after_close(request, seat)
    if not is_taking_answers(round_):
        return render(request, "leaders/due.html", {"round": round_})
    if seat.can_read:
        if read_code(request, round_.pk):
            return redirect("keep_code", round_.pk)
        return _show_parts(request, seat)
    if not seat.has_begun or seat.is_untouched:
        return _confirm(request, seat)
    if is_blind(request, round_.pk) and seat.may_write:
        return _show_parts(request, seat)
    return render(request, "leaders/other_device.html", {"seat": seat, "form": CodeForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
@while_open
def keep_code(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The code, until the person says that they have kept it. It comes from this device."""
    code = read_code(request, seat.round_id)
    if code is None or not seat.can_read or request.method == "POST":
        response = redirect("answer_home", seat.round_id)
        forget(response, seat.round_id, CODE)
        return response
    return render(
        request, "leaders/keep_code.html", {"seat": seat, "round": seat.round, "code": code}
    )


def _confirm(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = ConfirmForm(request.POST or None, seat=seat, organisations=_list_organisations(seat))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        context = {"seat": seat, "round": seat.round, "form": form}
        return render(request, "leaders/confirm.html", context, status=status)
    try:
        begun = _begin(seat, form)
    except RoundNotOpen:
        return show_closed(request, seat.round)
    except (AlreadyBegun, Refused):
        # Begun in another tab, or the place was taken away: the start says which.
        return redirect("answer_home", seat.round_id)
    response = redirect("keep_code", seat.round_id)
    write_reader(response, seat.round_id, begun.reader)
    write_code(response, seat.round_id, begun.code)
    forget(response, seat.round_id, BLIND, PLACE)
    return response


def _list_organisations(seat: Seat) -> list[Organisation]:
    """Those to choose from; none for people who are counted in no group of their choice."""
    if not seat.confirms_groups:
        return []
    own = Organisation.objects.filter(partnership=seat.round.partnership_id)
    return list(own.select_related("sector"))


def _begin(seat: Seat, form: ConfirmForm) -> NewResponse:
    """A form that was sent twice begins anew, so that the code shown is the one that opens."""
    now = timezone.now()
    if seat.has_begun:
        start_again(seat=seat, now=now, only_untouched=True)
    return begin_response(
        seat=seat,
        organisation=form.chosen_organisation,
        role_level=form.cleaned_data.get("role_level", ""),
        helps_to_run=form.cleaned_data["helps_to_run"],
        now=now,
    )


def _show_parts(request: HttpRequest, seat: Seat) -> HttpResponse:
    parts = read_parts(seat)
    context = {
        "seat": seat,
        "round": seat.round,
        "parts": parts,
        "added": list_added(seat),
        "way_on": find_way_on(parts, read_place(request, seat.round_id)),
    }
    return render(request, "leaders/parts.html", context)
