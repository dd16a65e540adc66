"""Whether other people use the device that asks for this page."""

from typing import Any

from django import template
from django.http import HttpRequest

from assessments.leaders.cookies import is_shared

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_round(context: dict[str, Any]) -> int | None:
    """The round that is answered on a shared device; None on a device of one's own."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return None
    match = request.resolver_match
    round_id = match.kwargs.get("round_id") if match else None
    return round_id if round_id and is_shared(request, round_id) else None
