"""After the close: a person's own answers, unsealed by their code, beside what was shared."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.leaders.cookies import read_reader
from assessments.leaders.forms import CodeForm
from assessments.leaders.moments import Moment, find_moment
from assessments.leaders.profile import Picture, draw_picture
from assessments.questionnaire.asked import AskedInstrument, read_asked
from assessments.results.beside import draw_shared, list_profiled
from assessments.results.reading import read_result
from assessments.services.answering.own import OwnDimension, open_sealed, profile_from_sealed
from assessments.services.answering.seats import Seat
from assessments.services.sealing import SealedAnswers


@dataclass(frozen=True)
class OwnPart:
    """One submitted part of somebody who has opened their own answers.

    `is_beside` says that its averages stand in the partnership's picture already.
    """

    picture: Picture
    profile: list[OwnDimension]
    written: tuple[tuple[str, str], ...]
    is_beside: bool


def show_after_close(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Not a view of its own: the start of a round shows it once the round has closed."""
    moment = find_moment(seat.round, seat.audience, timezone.now())
    context = {"seat": seat, "round": seat.round, "moment": moment}
    if moment == Moment.TOO_FEW:
        return render(request, "leaders/after_close.html", context)
    content = open_sealed(round_id=seat.round_id, reader=read_reader(request, seat.round_id))
    context |= {"form": CodeForm(), "is_opened": content is not None}
    context |= _show_shared(seat, content) if moment == Moment.SHARED else _show_own(seat, content)
    return render(request, "leaders/after_close.html", context)


def _show_own(seat: Seat, content: SealedAnswers | None) -> dict[str, Any]:
    return {"own": list(_read_own(seat, content, set()).values())}


def _show_shared(seat: Seat, content: SealedAnswers | None) -> dict[str, Any]:
    result = read_result(seat.round, seat.audience)
    own = _read_own(seat, content, {part.code for part in list_profiled(result)})
    profiles = {code: part.profile for code, part in own.items()}
    return {"own": list(own.values()), **draw_shared(result, seat.round, profiles)}


def _read_own(seat: Seat, content: SealedAnswers | None, beside: set[str]) -> dict[str, OwnPart]:
    """Submitted parts by the code of their instrument; none without the code."""
    if content is None:
        return {}
    asked = read_asked(seat.round, seat.audience)
    read = {one.code: _read_part(one, content, one.code in beside) for one in asked}
    return {code: part for code, part in read.items() if part}


def _read_part(
    instrument: AskedInstrument, content: SealedAnswers, is_beside: bool
) -> OwnPart | None:
    profile = profile_from_sealed(content, instrument.round_instrument)
    if profile is None:
        return None
    written = tuple(
        (one.name, content.comments[one.code])
        for one in instrument.dimensions
        if one.code in content.comments
    )
    picture = draw_picture(instrument, profile, content.answers)
    return OwnPart(picture, profile, written, is_beside)
