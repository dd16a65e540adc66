"""The result of a try: one's own picture, questions to think about, and a copy to keep."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.leaders.alone import open_alone, with_solo
from assessments.leaders.alone_result import choose_advice, write_copy
from assessments.leaders.profile import draw_picture
from assessments.services.solo import Solo, read_solo_profile


@require_safe
@with_solo
def try_result(request: HttpRequest, solo: Solo) -> HttpResponse:
    alone = open_alone(solo)
    profile = read_solo_profile(solo)
    context = {
        "solo": solo,
        "part": alone.part,
        "picture": draw_picture(alone.instrument, profile, alone.by_code),
        "advice": choose_advice(solo.edition, alone.instrument, profile, alone.by_code),
    }
    return render(request, "leaders/alone_result.html", context)


@require_safe
@with_solo
def try_copy(request: HttpRequest, solo: Solo) -> HttpResponse:
    alone = open_alone(solo)
    name = alone.instrument.code.replace("_", "-")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-my-answers.csv"'
    write_copy(response, alone.instrument, alone.by_code)
    return response
