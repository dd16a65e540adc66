"""Saving one answer or comment as it is given: JSON in, JSON out, as few queries as can be."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.leaders.access import answering_page
from assessments.leaders.cookies import read_link, read_reader
from assessments.questionnaire.forms import Stored, read_shown, write_shown
from assessments.services.answering.saving import (
    NOT_ASKED,
    GivenAnswer,
    save_answer,
    save_comment,
)
from assessments.services.answering.seats import LinkHolder, find_holder
from assessments.services.refusals import AlreadySubmitted, NotAsked, Refused, RoundNotOpen

LONGEST_BODY = 20_000
LARGEST_KEY = 2**63 - 1
NO_LINK = (
    "This page has lost its link to you. Open your personal link in another tab, then come back "
    "here: what you answered is kept on this page and will be sent."
)
CLASH = "This was changed in another tab or on another device, and the newer answer was kept."


@require_POST
@answering_page
def save(request: HttpRequest, round_id: int) -> JsonResponse:
    holder = _find_holder(request, round_id)
    if holder is None:
        return _answer("no_link", 403, message=NO_LINK)
    try:
        given = _read_body(request)
        if "item" in given:
            return _save_answer(holder, given)
        return _save_comment(holder, given)
    except NotAsked as refusal:
        return _answer("refused", 400, message=str(refusal))
    except RoundNotOpen as refusal:
        return _answer("closed", 410, message=str(refusal))
    except AlreadySubmitted as refusal:
        return _answer("needs_code", 403, message=str(refusal))
    except Refused as refusal:
        return _answer("refused", 409, message=str(refusal))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return _answer("refused", 400, message=NOT_ASKED)


def _find_holder(request: HttpRequest, round_id: int) -> LinkHolder | None:
    link = read_link(request, round_id)
    if link is None:
        return None
    return find_holder(round_id=round_id, link=link, reader=read_reader(request, round_id))


def _read_body(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_BODY:
        raise ValueError("Too long for one answer.")
    given = json.loads(request.body)
    if not isinstance(given, dict):
        raise TypeError("One answer is one object.")
    return given


def _save_answer(holder: LinkHolder, given: dict[str, Any]) -> JsonResponse:
    item, value = _read_number(given["item"], LARGEST_KEY), _read_number(given["value"], 9)
    based_on, token = _read_was(holder, given)
    answer = GivenAnswer(item, value, based_on, token)
    saved = save_answer(seat=holder, given=answer, now=timezone.now())
    if not saved.is_current:
        return _answer("clash", 409, message=CLASH)
    return _answer("saved", 200, was=_was(value, saved.revision) or saved.token)


def _save_comment(holder: LinkHolder, given: dict[str, Any]) -> JsonResponse:
    dimension, text = _read_number(given["dimension"], LARGEST_KEY), str(given["text"])
    based_on, token = _read_was(holder, given)
    saved = save_comment(
        seat=holder,
        dimension_id=dimension,
        text=text,
        based_on=based_on,
        token=token,
        now=timezone.now(),
    )
    if not saved.is_current:
        return _answer("clash", 409, message=CLASH)
    return _answer("saved", 200, was=_was(text, saved.revision) or saved.token)


def _read_number(given: Any, largest: int) -> int:
    number = int(given)
    if abs(number) > largest:
        raise ValueError("No such number.")
    return number


def _read_was(holder: LinkHolder, given: dict[str, Any]) -> tuple[int | None, str]:
    """What the page knew: a revision, or the token of a page that was opened without the code."""
    text = str(given.get("was", ""))
    shown = read_shown(text)
    if shown.revision and holder.reader:
        return shown.revision, ""
    return shown.revision, text


def _was(value: int | str, revision: int | None) -> str:
    """What the page now shows; nothing where it may not know."""
    return write_shown(Stored(value, revision)) if revision else ""


def _answer(state: str, status: int, **more: str) -> JsonResponse:
    return JsonResponse({"state": state, **more}, status=status)
