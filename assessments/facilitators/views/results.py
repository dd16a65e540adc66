"""The results of a closed round, for those who run it and, once shared, for viewers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.facilitators.scope import find_round
from assessments.permissions import can_read_comments, can_run_round, can_view_results, require
from assessments.results.reading import read_result


@require_safe
def round_results(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    """404 for a round the user may not see; 403 while it is open: then there are no results."""
    round_ = find_round(request.user, partnership_id, round_id)
    require(can_view_results(request.user, round_))

    context = {
        "partnership": round_.partnership,
        "round": round_,
        "result": read_result(round_),
        "can_run": can_run_round(request.user, round_),
        "reads_comments": can_read_comments(request.user, round_),
    }
    return render(request, "facilitators/results.html", context)
