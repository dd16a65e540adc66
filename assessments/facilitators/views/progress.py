"""What the page of an open round asks for while it is looked at."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.facilitators.live import render_parts
from assessments.facilitators.scope import find_own_round, signed_in


@require_safe
@never_cache
def round_progress(request: HttpRequest, partnership_id: int, round_id: int) -> JsonResponse:
    """Counts and who has not submitted, in the page's own parts; `is_over` once it has closed."""
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    if not round_.is_open:
        return JsonResponse({"is_over": True})
    return JsonResponse({"is_over": False, "parts": render_parts(round_, timezone.now())})
