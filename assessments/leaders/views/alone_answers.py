"""Answering a try: the page of one dimension, and each answer as it is given."""

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from assessments.leaders.access import answering_page
from assessments.leaders.alone import (
    AloneSheet,
    find_item,
    find_sheet,
    has_link,
    read_solo,
    say_gone,
    with_solo,
)
from assessments.leaders.csrf import is_forged
from assessments.questionnaire.editions import ask_edition
from assessments.questionnaire.forms import (
    Chosen,
    DimensionForm,
    Stored,
    read_shown,
    write_shown,
)
from assessments.services.refusals import Refused
from assessments.services.solo import (
    DELETED,
    Solo,
    SoloGiven,
    SoloSaved,
    list_items,
    save_solo_answers,
)

LONGEST_BODY = 2_000
NO_LINK = (
    "This device has forgotten these answers, or they were deleted in another tab. If they are not "
    "deleted, open your private link in another tab, then come back here: what you answered stays "
    "on this page and will be sent."
)
NOT_ASKED = "This answer does not belong to this checklist. Load the page again."
CLASH = "This was changed in another tab or on another device, and the newer answer was kept."
CONFLICT, INVALID, FORBIDDEN, GONE, WRONG = 409, 422, 403, 410, 400


# The CSRF check is made inside, so that its failure costs no answer.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_solo
def try_dimension(request: HttpRequest, solo: Solo, dimension: str) -> HttpResponse:
    sheet = find_sheet(solo, dimension)
    if sheet is None:
        raise Http404("This checklist does not ask that.")
    if request.method == "POST":
        return _take(request, sheet)
    return _show(request, sheet, sheet.make_form())


@require_POST
@answering_page
def try_save(request: HttpRequest, key: UUID) -> JsonResponse:
    """One answer, in the words in which a round's pages save theirs."""
    solo = read_solo(request, key)
    if solo is None:
        return _say_lost(request)
    try:
        given = _read_body(request, solo)
        saved = save_solo_answers(solo=solo, given=[given])[0]
    except Refused as refusal:
        return _answer("refused", GONE, message=str(refusal))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return _answer("refused", WRONG, message=NOT_ASKED)
    if not saved.is_current:
        return _answer("clash", CONFLICT, message=CLASH)
    return _answer("saved", 200, was=write_shown(Stored(given.value, saved.revision)))


def _say_lost(request: HttpRequest) -> JsonResponse:
    """A link that this device lost can come back; one that is known and opens nothing cannot."""
    if has_link(request):
        return _answer("refused", GONE, message=DELETED)
    return _answer("no_link", FORBIDDEN, message=NO_LINK)


def _read_body(request: HttpRequest, solo: Solo) -> SoloGiven:
    """Raises one of what `try_save` catches for anything but an answer that is offered."""
    if len(request.body) > LONGEST_BODY:
        raise ValueError("Too long for one answer.")
    body = json.loads(request.body)
    asked = ask_edition(solo.edition, list_items(solo.edition))
    item, value = find_item(asked, int(body["item"])), int(body["value"])
    if item is None or not item.scale.say(value):
        raise ValueError("Nothing that is asked.")
    based_on = read_shown(str(body.get("was", ""))).revision
    return SoloGiven(item.code, value, based_on)


def _take(request: HttpRequest, sheet: AloneSheet) -> HttpResponse:
    form = sheet.make_form(request.POST)
    if is_forged(request):
        return _show(request, sheet, form, status=FORBIDDEN, is_late=True)
    if not form.is_valid():
        return _show(request, sheet, form, status=INVALID)
    chosen = {one.item.code: one for one in form.list_chosen() if one.is_new}
    given = [SoloGiven(code, one.value, one.shown.revision) for code, one in chosen.items()]
    try:
        saved = save_solo_answers(solo=sheet.alone.solo, given=given)
    except Refused:
        return say_gone(request)
    if not all(one.is_current for one in saved):
        return _show_clash(request, sheet, chosen, saved)
    goes_back = request.POST.get("go") == "back" and sheet.url_before
    return redirect(sheet.url_before if goes_back and sheet.url_before else sheet.url_after)


def _show_clash(
    request: HttpRequest, sheet: AloneSheet, chosen: dict[str, Chosen], saved: list[SoloSaved]
) -> HttpResponse:
    """The page anew with what is saved, and what was not saved in words."""
    fresh = find_sheet(sheet.alone.solo, sheet.dimension.code) or sheet
    clashes = [_make_clash(fresh, chosen[one.code]) for one in saved if not one.is_current]
    return _show(request, fresh, fresh.make_form(), status=CONFLICT, clashes=clashes)


def _make_clash(sheet: AloneSheet, chosen: Chosen) -> dict[str, object]:
    scale, stored = chosen.item.scale, sheet.alone.stored.get(chosen.item.id)
    kept = scale.say(int(stored.value)) if stored else ""
    return {"item": chosen.item, "given": scale.say(chosen.value), "kept": kept}


def _show(
    request: HttpRequest, sheet: AloneSheet, form: DimensionForm, status: int = 200, **more: object
) -> HttpResponse:
    context = {"sheet": sheet, "form": form, **more}
    return render(request, "leaders/alone_dimension.html", context, status=status)


def _answer(state: str, status: int, **more: str) -> JsonResponse:
    return JsonResponse({"state": state, **more}, status=status)
