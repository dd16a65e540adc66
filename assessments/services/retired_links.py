"""Links that open nothing any more, found by their digest so that a page can say why."""

from assessments.models.rounds import RetiredLink
from assessments.services.keys import digest_token


def find_retired_link(token: str) -> RetiredLink | None:
    """None for a link that is alive, and for one that never was."""
    links = RetiredLink.objects.select_related("round__partnership", "round__created_by")
    return links.filter(digest=digest_token(token)).first()
