"""What the views of this room share: form pages, questions before an act, and plain messages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.models.partnerships import Partnership
from assessments.models.rounds import Round
from assessments.services.refusals import Refused

UNPROCESSABLE = 422


def show_form(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: str,
    button: str,
    back: str,
    template: str = "facilitators/form.html",
    **more: Any,
) -> HttpResponse:
    """`back` is the address to which leaving the form leads."""
    context = {"form": form, "title": title, "button": button, "back": back, **more}
    return render(request, template, context, status=UNPROCESSABLE if form.errors else 200)


def say_or_refuse(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Does the act and says so; what a service refuses is said instead."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def go_to_partnership(partnership: Partnership) -> HttpResponse:
    return redirect("partnership_detail", partnership.pk)


def go_to_round(round_: Round, name: str = "round_detail") -> HttpResponse:
    return redirect(name, round_.partnership_id, round_.pk)


def count_words(number: int, one: str, many: str) -> str:
    """“1 person”, “3 people”."""
    return f"{number} {one if number == 1 else many}"
