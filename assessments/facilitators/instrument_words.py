"""What a facilitator reads about each part that a round can ask."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.models.content import Edition
from assessments.models.partnerships import Sector

WORDS = {
    "six_ways": (
        "Leaders about their own leading. The profile of each stays with them; you see the average "
        "of everybody, never of a group."
    ),
    "contact": (
        "How often leaders met people of each sector. Only sectors with at least 3 people from 2 "
        "organisations on the list are asked about by name."
    ),
    "quick_test": "Four questions about one problem, which you name below.",
}


def describe(edition: Edition, large_sectors: Sequence[Sector] | None) -> SafeString:
    """A choice of the set-up form: the part, its minutes, and what it means to ask it."""
    code = edition.instrument.code
    words = WORDS.get(code) or _end(edition.subtitle)
    if code == "contact" and large_sectors is not None:
        words = f"{words} {say_large_sectors(large_sectors)}"
    return format_html(
        '{} {} {}<span class="d-block cap">{}</span>',
        f"{edition.title} About" if edition.title.endswith("?") else f"{edition.title}, about",
        edition.minutes_typical,
        "minute" if edition.minutes_typical == 1 else "minutes",
        words,
    )


def say_large_sectors(sectors: Sequence[Sector]) -> str:
    if not sectors:
        return "On this list no sector is large enough yet."
    names = ", ".join(sector.name for sector in sectors)
    return f"On this list now: {len(sectors)} ({names})."


def sum_minutes(always: Edition | None, extra: Sequence[Edition]) -> str:
    """What a leader would spend: on the least, and on everything that is offered."""
    if always is None:
        return "People can answer the five factors and leave the rest out."
    everything = always.minutes_typical + sum(edition.minutes_typical for edition in extra)
    return (
        f"The {always.title.lower()} take a leader about {always.minutes_typical} minutes, all of "
        f"it together about {everything}. Each part can be done later by the same link, or left "
        "out. The longer a round takes, the fewer people finish it."
    )


def _end(words: str) -> str:
    return words if words.endswith((".", "?")) else f"{words}."
