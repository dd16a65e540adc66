"""The parts of an open round's page that change while people answer: never any answer."""

from datetime import datetime

from django.template.loader import render_to_string

from assessments.facilitators.progress import read_progress
from assessments.models.rounds import Audience, Round
from assessments.services.closing.precheck import check_close
from assessments.services.few_answers import WARN_BEFORE
from assessments.services.invitations import count_to_remind
from assessments.services.round_set_up import asks_audience

PARTS = ("heading", "lead", "rows", "places", "closing", "waiting_count", "waiting")
OF_OUTSIDE = ("outside", "outside_rows", "outside_places")


def read_open_round(round_: Round, now: datetime) -> dict[str, object]:
    """What the page of an open round shows."""
    precheck = check_close(round_, now)
    return {
        "progress": read_progress(round_),
        "precheck": precheck,
        "is_thin": not precheck.shows_whole and round_.ends_at - now <= WARN_BEFORE,
        "remindable": count_to_remind(round_, now),
    }


def render_parts(round_: Round, now: datetime) -> dict[str, str]:
    """Each part by its name, as the page has it."""
    context = read_open_round(round_, now) | {"round": round_, "partnership": round_.partnership}
    names = (*PARTS, *OF_OUTSIDE) if asks_audience(round_, Audience.OUTSIDE) else PARTS
    return {
        name: render_to_string(f"facilitators/live/{name}.html", context).strip() for name in names
    }
