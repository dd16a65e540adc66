"""The page of one dimension, as it works without JavaScript: the whole page is posted."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assessments.leaders.access import SeatView, show_closed, while_answering, with_seat
from assessments.leaders.cookies import write_place
from assessments.leaders.csrf import is_forged
from assessments.leaders.sheets import Sheet, open_sheet
from assessments.questionnaire.asked import AskedItem
from assessments.questionnaire.forms import DimensionForm
from assessments.services.answering.saving import GivenAnswer, save_answers, save_comment
from assessments.services.answering.seats import Seat
from assessments.services.refusals import Refused, RoundNotOpen

CONFLICT, INVALID, FORBIDDEN = 409, 422, 403


@dataclass(frozen=True)
class Clash:
    """An answer that was not saved, as a newer one was there; `kept` is what stays."""

    item: AskedItem
    given: str
    kept: str


@dataclass(frozen=True)
class Outcome:
    clashes: tuple[Clash, ...] = ()
    comment_clashes: bool = False

    @property
    def is_saved(self) -> bool:
        return not (self.clashes or self.comment_clashes)


def keep_typed(view: SeatView) -> SeatView:
    """Whoever is sent to the start, as the answers were submitted or begun anew on another
    device, first sees what they typed, to copy it."""

    @wraps(view)
    def wrapped(request: HttpRequest, seat: Seat, **kwargs: Any) -> HttpResponse:
        response = view(request, seat, **kwargs)
        start = reverse("answer_home", args=[seat.round_id])
        is_sent_away = response.headers.get("Location") == start
        if is_sent_away and request.POST.get("comment", "").strip():
            context = {"round": seat.round, "start": start}
            return render(request, "leaders/refused.html", context, status=CONFLICT)
        return response

    return wrapped


# The CSRF check is made inside, so that its failure costs no typed text.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
@keep_typed
@while_answering
def answer_dimension(
    request: HttpRequest, seat: Seat, instrument: str, dimension: str
) -> HttpResponse:
    sheet = open_sheet(seat, instrument, dimension)
    if sheet is None:
        raise Http404("This round does not ask that.")
    if request.method == "POST":
        return _take(request, sheet)
    response = _show(request, sheet, sheet.make_form())
    write_place(response, seat.round_id, instrument, dimension)
    return response


def _take(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    form = sheet.make_form(request.POST)
    if is_forged(request):
        return _show(request, sheet, form, status=FORBIDDEN, is_late=True)
    if not form.is_valid():
        return _show(request, sheet, form, status=INVALID)
    try:
        outcome = _save(sheet, form)
    except RoundNotOpen:
        return show_closed(request, sheet.seat.round)
    except Refused:
        return redirect("answer_home", sheet.seat.round_id)
    if not outcome.is_saved:
        return _show_clash(request, sheet, form, outcome)
    goes_back = request.POST.get("go") == "back" and sheet.url_before
    return redirect(sheet.url_before if goes_back and sheet.url_before else sheet.url_after)


def _save(sheet: Sheet, form: DimensionForm) -> Outcome:
    seat, now = sheet.seat, timezone.now()
    chosen = {one.item.id: one for one in form.list_chosen() if one.is_new}
    given = [
        GivenAnswer(key, one.value, one.shown.revision, one.shown.token)
        for key, one in chosen.items()
    ]
    saved = save_answers(seat=seat, given=given, now=now) if given else []
    comment_is_saved = _save_comment(sheet, form)
    if all(one.is_current for one in saved) and comment_is_saved:
        return Outcome()
    return Outcome(
        clashes=tuple(
            _make_clash(sheet, chosen[one.item_id].item, chosen[one.item_id].value)
            for one in saved
            if not one.is_current
        ),
        comment_clashes=not comment_is_saved,
    )


def _save_comment(sheet: Sheet, form: DimensionForm) -> bool:
    dimension, shown = sheet.dimension.id, form.comment_was
    if (
        dimension is None
        or not sheet.comment_note
        or shown.was(form.comment)
        or not (form.comment or shown.revision)
    ):
        return True
    saved = save_comment(
        seat=sheet.seat,
        dimension_id=dimension,
        text=form.comment,
        based_on=shown.revision,
        token=shown.token,
        now=timezone.now(),
    )
    return saved.is_current


def _make_clash(sheet: Sheet, item: AskedItem, given: int) -> Clash:
    stored = sheet.answers.get(item.id)
    kept = item.scale.say(int(stored.value)) if stored else ""
    return Clash(item=item, given=item.scale.say(given), kept=kept)


def _show_clash(
    request: HttpRequest, sheet: Sheet, form: DimensionForm, outcome: Outcome
) -> HttpResponse:
    """The page anew with what is saved; a typed comment stays in its box."""
    fresh = open_sheet(sheet.seat, sheet.part.instrument.code, sheet.dimension.code) or sheet
    clashes = [
        _make_clash(fresh, one.item, form.cleaned_data[f"q{one.item.id}"])
        for one in outcome.clashes
    ]
    shown = fresh.make_form()
    if outcome.comment_clashes:
        shown.fields["comment"].initial = form.comment
    return _show(
        request,
        fresh,
        shown,
        status=CONFLICT,
        clashes=clashes,
        other_comment=fresh.comment if outcome.comment_clashes else None,
    )


def _show(
    request: HttpRequest, sheet: Sheet, form: DimensionForm, status: int = 200, **more: object
) -> HttpResponse:
    context = {"sheet": sheet, "seat": sheet.seat, "round": sheet.seat.round, "form": form, **more}
    return render(request, "leaders/dimension.html", context, status=status)
