"""Whether a closed round has anything to show at all."""

from assessments.models.results import Result
from assessments.models.rounds import Round


def has_outcome(round_: Round, audience: str) -> bool:
    """False before the close, and where fewer than the smallest group counted."""
    results = Result.objects.filter(round=round_, audience=audience, counted__isnull=False)
    return results.exists()
