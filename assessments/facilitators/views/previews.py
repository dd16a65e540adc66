"""Looking at a round as those who answer will see it. Nothing here can be sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.facilitators.previews import Preview, make_form, read_preview
from assessments.facilitators.scope import find_own_round, signed_in
from assessments.models.rounds import Audience, Round
from assessments.services.round_set_up import asks_audience


@require_safe
def round_preview(
    request: HttpRequest, partnership_id: int, round_id: int, audience: str
) -> HttpResponse:
    """The promise first, then the list of pages."""
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    context = _describe(round_, _find_preview(round_, audience))
    return render(request, "facilitators/preview.html", context)


@require_safe
def round_preview_page(
    request: HttpRequest, partnership_id: int, round_id: int, audience: str, number: int
) -> HttpResponse:
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    preview = _find_preview(round_, audience)
    page = preview.find(number)
    if page is None:
        raise Http404("There is no such page.")
    context = _describe(round_, preview) | {
        "page": page,
        "form": make_form(preview, page),
        "before": preview.find(number - 1),
        "after": preview.find(number + 1),
    }
    return render(request, "facilitators/preview_page.html", context)


def _describe(round_: Round, preview: Preview) -> dict[str, object]:
    return {
        "partnership": round_.partnership,
        "round": round_,
        "preview": preview,
        "promise": preview.promise,
        "asks_outside": asks_audience(round_, Audience.OUTSIDE),
    }


def _find_preview(round_: Round, audience: str) -> Preview:
    if audience not in Audience.values or not (
        audience == Audience.LEADERS or asks_audience(round_, audience)
    ):
        raise Http404("The round asks nobody of this kind.")
    return read_preview(round_, audience, timezone.now())
