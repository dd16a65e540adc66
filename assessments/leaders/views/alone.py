"""Trying a checklist alone: choose one, open the private link, come back, delete, forget."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.leaders.access import answering_page
from assessments.leaders.addresses import read_address
from assessments.leaders.alone import (
    forget_solo,
    link_of,
    open_alone,
    say_gone,
    with_solo,
    write_solo,
)
from assessments.models.content import Edition
from assessments.services.solo import (
    KEPT_DAYS,
    Solo,
    delete_solo,
    deletion_day,
    find_solo,
    list_to_try,
    start_solo,
)
from assessments.services.throttling import allow, find_end

STARTING = "start a try"
STARTS, WITHIN = 60, timedelta(hours=1)
INVALID, TOO_MANY = 422, 429


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def try_list(request: HttpRequest) -> HttpResponse:
    """Every checklist that can be tried. A GET keeps nothing; a POST starts one."""
    editions = list(list_to_try())
    if request.method == "POST":
        wanted = request.POST.get("instrument", "")
        chosen = next((one for one in editions if one.instrument.code == wanted), None)
        if chosen:
            return _start(request, chosen)
    context = {
        "editions": editions,
        "days": KEPT_DAYS,
        "until": deletion_day(timezone.now()),
        "is_unknown": request.method == "POST",
    }
    status = INVALID if context["is_unknown"] else 200
    return render(request, "leaders/alone_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_page
def try_link(request: HttpRequest, token: str) -> HttpResponse:
    """Programs that check mail open links too, so a GET shows no answer and changes nothing."""
    solo = find_solo(token=token, now=timezone.now())
    if solo and request.method == "POST":
        return _enter(solo)
    response = render(request, "leaders/alone_link.html", {"solo": solo}) if solo else None
    response = response or say_gone(request)
    # Browsers that send "Origin: null" would be refused, and no path may go along.
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_http_methods(["GET", "HEAD"])
@with_solo
def try_home(request: HttpRequest, solo: Solo) -> HttpResponse:
    alone = open_alone(solo)
    context = {"solo": solo, "alone": alone, "part": alone.part, "link": link_of(solo)}
    return render(request, "leaders/alone_home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_solo
def try_delete(request: HttpRequest, solo: Solo) -> HttpResponse:
    """Asks first, then deletes the answers and the link at once."""
    if request.method != "POST":
        context = {"solo": solo, "part": open_alone(solo).part}
        return render(request, "leaders/alone_delete.html", context)
    delete_solo(solo=solo)
    response = render(request, "leaders/alone_deleted.html")
    forget_solo(response, solo)
    return response


@require_POST
@with_solo
def try_forget(request: HttpRequest, solo: Solo) -> HttpResponse:
    """For a shared computer: the answers stay, and only the private link opens them."""
    response = render(request, "leaders/alone_forgotten.html", {"solo": solo})
    forget_solo(response, solo)
    return response


def _start(request: HttpRequest, edition: Edition) -> HttpResponse:
    address, now = read_address(request), timezone.now()
    if not allow(purpose=STARTING, address=address, limit=STARTS, within=WITHIN, now=now):
        ends_at = find_end(purpose=STARTING, address=address, limit=STARTS, now=now)
        return render(request, "leaders/alone_full.html", {"ends_at": ends_at}, status=TOO_MANY)
    return _enter(start_solo(edition=edition, now=now))


def _enter(solo: Solo) -> HttpResponse:
    response = redirect("try_home", solo.key)
    write_solo(response, solo)
    return response
