"""A checklist tried alone: who holds it on this device, and its pages as one part's.

The private link's token leaves the address by POST, as that of a personal link
does, and goes into a cookie for the pages of this one try. So a mail scanner
that opens the link sees no answer, and no log, history or referrer has more
than the one visit to the link. The cookie is the token itself, unsigned: only
a known token opens anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from assessments.leaders.access import PlainView, answering_page
from assessments.leaders.progress import Part, Step
from assessments.questionnaire.asked import AskedDimension, AskedInstrument, AskedItem
from assessments.questionnaire.editions import ask_edition
from assessments.questionnaire.forms import DimensionForm, Stored
from assessments.services.solo import (
    KEPT_DAYS,
    Solo,
    SoloStored,
    find_solo,
    list_items,
    read_solo_answers,
)

COOKIE = "try_link"
NOT_FOUND = 404
SoloView = Callable[Concatenate[HttpRequest, Solo, ...], HttpResponse]


@dataclass(frozen=True)
class Alone:
    """One try as its pages need it: what is asked, what is saved, and how far it has come."""

    solo: Solo
    part: Part
    stored: Mapping[int, Stored]

    @property
    def instrument(self) -> AskedInstrument:
        return self.part.instrument

    @property
    def by_code(self) -> dict[str, int]:
        items = [item for one in self.instrument.dimensions for item in one.items]
        return {
            item.code: int(self.stored[item.id].value) for item in items if item.id in self.stored
        }


@dataclass(frozen=True)
class AloneSheet:
    """One dimension of a try as a page."""

    alone: Alone
    dimension: AskedDimension
    can_read = True
    is_apart = False
    last_words = "Save, see result"

    @property
    def save_url(self) -> str:
        return reverse("try_save", args=[self.alone.solo.key])

    @property
    def home_url(self) -> str:
        return reverse("try_home", args=[self.alone.solo.key])

    @property
    def part(self) -> Part:
        return self.alone.part

    @property
    def place(self) -> str:
        """As on a page of a round: "Factor 2 of 5"; empty where there is but one page."""
        steps = len(self.part.steps)
        if steps == 1:
            return ""
        return f"{self.part.instrument.step_name} {self.dimension.number} of {steps}"

    @property
    def states(self) -> list[str]:
        return self.part.states_at(self.dimension)

    @property
    def step(self) -> Step:
        return self.part.steps[self.dimension.number - 1]

    @property
    def url_before(self) -> str | None:
        return self.part.url_before(self.dimension)

    @property
    def url_after(self) -> str:
        return self.part.url_after(self.dimension)

    @property
    def is_last(self) -> bool:
        return self.dimension.number == len(self.part.steps)

    def make_form(self, data: Mapping[str, Any] | None = None) -> DimensionForm:
        return DimensionForm(data, dimension=self.dimension, stored=self.alone.stored)


def with_solo(view: SoloView) -> PlainView:
    """Calls the view with the try of this device, or says plainly that there is none."""

    @answering_page
    @wraps(view)
    def wrapped(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        solo = read_solo(request, key)
        if solo is None:
            return say_gone(request)
        return view(request, solo, **kwargs)

    return wrapped


def read_solo(request: HttpRequest, key: UUID) -> Solo | None:
    """The try that this device holds the link of, when it is the one of the address."""
    solo = find_solo(token=request.COOKIES.get(COOKIE, ""), now=timezone.now())
    return solo if solo and solo.key == key else None


def has_link(request: HttpRequest) -> bool:
    return bool(request.COOKIES.get(COOKIE))


def say_gone(request: HttpRequest) -> HttpResponse:
    """One page whatever the reason: of what was deleted nothing is kept that could tell."""
    return render(request, "leaders/alone_gone.html", {"days": KEPT_DAYS}, status=NOT_FOUND)


def open_alone(solo: Solo) -> Alone:
    asked = ask_edition(solo.edition, list_items(solo.edition))
    saved = read_solo_answers(solo)
    stored = {
        item.id: _to_stored(saved[item.code])
        for one in asked.dimensions
        for item in one.items
        if item.code in saved
    }
    return Alone(solo=solo, part=_make_part(solo, asked, stored), stored=stored)


def find_sheet(solo: Solo, dimension_code: str) -> AloneSheet | None:
    """The page of a dimension; None when the checklist does not ask it."""
    alone = open_alone(solo)
    dimension = alone.instrument.find(dimension_code)
    return AloneSheet(alone, dimension) if dimension else None


def find_item(asked: AskedInstrument, number: int) -> AskedItem | None:
    items = (item for one in asked.dimensions for item in one.items)
    return next((item for item in items if item.id == number), None)


def link_of(solo: Solo) -> str:
    return settings.BASE_URL + reverse("try_link", args=[solo.token])


def write_solo(response: HttpResponse, solo: Solo) -> None:
    days = (solo.delete_on - timezone.localdate()).days
    response.set_cookie(
        COOKIE,
        solo.token,
        max_age=days * 24 * 60 * 60,
        path=_path(solo),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_solo(response: HttpResponse, solo: Solo) -> None:
    response.delete_cookie(COOKIE, path=_path(solo), samesite="Lax")


def _path(solo: Solo) -> str:
    return reverse("try_home", args=[solo.key])


def _to_stored(saved: SoloStored) -> Stored:
    return Stored(saved.value, saved.revision)


def _make_part(solo: Solo, asked: AskedInstrument, stored: Mapping[int, Stored]) -> Part:
    result = reverse("try_result", args=[solo.key])
    return Part(
        instrument=asked,
        steps=tuple(
            Step(
                dimension=one,
                answered=sum(item.id in stored for item in one.items),
                url=reverse("try_dimension", args=[solo.key, one.code]),
            )
            for one in asked.dimensions
        ),
        is_submitted=False,
        review_url=result,
        profile_url=result,
    )
