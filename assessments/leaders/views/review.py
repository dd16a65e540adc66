"""Before submitting one part: what was answered, what was left out, and the submit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.leaders.access import show_closed, while_answering, with_seat
from assessments.leaders.added import list_added
from assessments.leaders.progress import Part, find_part
from assessments.leaders.review import review_part
from assessments.services.answering.own import read_answers
from assessments.services.answering.saving import submit_sitting
from assessments.services.answering.seats import Seat
from assessments.services.refusals import AlreadySubmitted, Refused, RoundNotOpen


@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
@while_answering
def answer_review(request: HttpRequest, seat: Seat, instrument: str) -> HttpResponse:
    own = read_answers(seat)
    part = find_part(seat, instrument, own.answered)
    if part is None:
        raise Http404("This round does not ask that.")
    if request.method == "POST" and part.answered:
        return _submit(request, seat, part)
    context = {
        "seat": seat,
        "round": seat.round,
        "part": part,
        "added": list_added(seat),
        "dimensions": review_part(part, {key: one.value for key, one in own.answers.items()}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "leaders/review.html", context, status=status)


def _submit(request: HttpRequest, seat: Seat, part: Part) -> HttpResponse:
    try:
        submit_sitting(seat=seat, instrument=part.instrument.round_instrument, now=timezone.now())
    except RoundNotOpen:
        return show_closed(request, seat.round)
    except (AlreadySubmitted, Refused):
        return redirect("answer_home", seat.round_id)
    if seat.can_read:
        return redirect(part.profile_url)
    return redirect("answer_home", seat.round_id)
