"""The audit trail of a partnership, for its owners: who did what, when. No answers, no texts."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.facilitators.history_words import tell
from assessments.facilitators.scope import find_partnership, signed_in
from assessments.models.users import AuditEvent
from assessments.permissions import can_see_history, require

EVENTS_A_PAGE = 50


@require_safe
def partnership_history(request: HttpRequest, partnership_id: int) -> HttpResponse:
    user = signed_in(request.user)
    partnership = find_partnership(user, partnership_id)
    require(can_see_history(user, partnership))
    numbers = dict(partnership.rounds.order_by("number").values_list("pk", "number"))
    events = AuditEvent.objects.about(partnership.pk).select_related("actor")
    chosen = request.GET.get("round", "")
    chosen_round = int(chosen) if chosen.isdecimal() and int(chosen) in numbers else None
    if chosen_round is not None:
        events = events.filter(round_id=chosen_round)
    page = Paginator(events, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "partnership": partnership,
        "numbers": numbers,
        "chosen": chosen_round,
        "page": page,
        "lines": tell(page.object_list, numbers),
    }
    return render(request, "facilitators/history.html", context)
