"""After the close: a person's own answers, unsealed by their code, beside what was shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.leaders.cookies import read_reader
from assessments.leaders.forms import CodeForm
from assessments.leaders.profile import Picture, draw_picture
from assessments.questionnaire.asked import AskedInstrument, read_asked
from assessments.results.reading import read_result
from assessments.services.answering.own import open_sealed, profile_from_sealed
from assessments.services.answering.seats import Seat
from assessments.services.sealing import SealedAnswers


def show_after_close(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Not a view of its own: the start of a round shows it once the round has closed."""
    round_ = seat.round
    content = open_sealed(round_id=round_.pk, reader=read_reader(request, round_.pk))
    context = {
        "seat": seat,
        "round": round_,
        "form": CodeForm(),
        "is_opened": content is not None,
        "pictures": _draw_all(seat, content) if content else [],
        "result": read_result(round_, seat.audience) if round_.is_shared else None,
    }
    return render(request, "leaders/after_close.html", context)


def _draw_all(seat: Seat, content: SealedAnswers) -> list[Picture]:
    asked = read_asked(seat.round, seat.audience)
    drawn = [_draw_one(instrument, content) for instrument in asked]
    return [picture for picture in drawn if picture]


def _draw_one(instrument: AskedInstrument, content: SealedAnswers) -> Picture | None:
    profile = profile_from_sealed(content, instrument.round_instrument)
    return draw_picture(instrument, profile, content.answers) if profile else None
