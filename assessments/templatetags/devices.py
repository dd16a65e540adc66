"""Whether other people use the device that asks for this page."""

from typing import Any

from django import template

from assessments.leaders.cookies import is_shared

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_round(context: dict[str, Any]) -> int | None:
    """The round that is answered on a shared device; None on a device of one's own."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    round_id = match.kwargs.get("round_id") if match else None
    return round_id if round_id and is_shared(request, round_id) else None
