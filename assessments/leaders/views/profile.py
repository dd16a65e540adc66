"""A person's own profile while the round is open: for their eyes, on this device."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.leaders.access import while_answering, with_seat
from assessments.leaders.added import list_added
from assessments.leaders.profile import draw_picture
from assessments.leaders.progress import find_way_on, read_parts
from assessments.services.answering.own import read_answers, read_own_profile
from assessments.services.answering.seats import Seat


@require_safe
@with_seat
@while_answering
def own_profile(request: HttpRequest, seat: Seat, instrument: str) -> HttpResponse:
    saved = read_answers(seat)
    parts = read_parts(seat, saved.answered)
    part = next((one for one in parts if one.instrument.code == instrument), None)
    if part is None:
        raise Http404("This round does not ask that.")
    if not (seat.can_read and part.is_submitted):
        return redirect(part.review_url)
    by_code = {
        item.code: saved.answers[item.id].value
        for page in part.instrument.pages
        for item in page.all_items
        if item.id in saved.answers
    }
    profile = read_own_profile(seat, part.instrument.round_instrument)
    context = {
        "seat": seat,
        "round": seat.round,
        "part": part,
        "added": list_added(seat),
        "picture": draw_picture(part.instrument, profile, by_code),
        "way_on": find_way_on(parts, None),
    }
    return render(request, "leaders/profile.html", context)
