"""Slips: made, printed, printed again; and one opened here, to type in a paper form."""

from itertools import islice

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.unnamed import PaperForm, SlipsForm
from assessments.facilitators.pages import UNPROCESSABLE, count_words, go_to_round, say_or_refuse
from assessments.facilitators.scope import find_own_round, signed_in
from assessments.facilitators.slips import Group, find_group, list_audiences, list_groups
from assessments.models.rounds import Audience, Round
from assessments.services.links import address_of, make_ticket_token, read_round_key
from assessments.services.places import count_places
from assessments.services.refusals import Refused
from assessments.services.tickets import NOT_OPEN, Slip, delete_unused, list_slips, make_tickets

A_PAGE = 8


@require_http_methods(["GET", "HEAD", "POST"])
def round_tickets(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if request.method != "POST" and not round_.is_open:
        return _say_not_open(request, round_)
    form = SlipsForm(request.POST or None, groups=list_groups(round_))
    if form.is_valid() and attempt(
        form,
        lambda: make_tickets(
            round_=round_,
            audience=form.chosen_group.audience,
            organisation=form.chosen_group.organisation,
            number=form.cleaned_data["number"],
            actor=user,
            now=timezone.now(),
        ),
    ):
        made = count_words(form.cleaned_data["number"], "slip is", "slips are")
        messages.success(request, f"{made} made. Print them next.")
        return go_to_round(round_, "round_tickets")
    return _show_tickets(request, round_, form, PaperForm(groups=list(form.groups.values())))


@require_safe
@never_cache
def ticket_slips(
    request: HttpRequest, partnership_id: int, round_id: int, group: str
) -> HttpResponse:
    """Eight a page, to be printed and cut. Nothing here says which were used."""
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    own = find_group(round_, group)
    if own is None:
        raise Http404("There is no such group.")
    if not round_.is_open:
        return _say_not_open(request, round_)
    try:
        slips = list_slips(
            round_=round_,
            audience=own.audience,
            organisation=own.organisation,
            now=timezone.now(),
        )
    except Refused:
        return _say_not_open(request, round_)
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "group": own,
        "is_outside": own.audience == Audience.OUTSIDE,
        "pages": _cut(slips),
        "number": len(slips),
        "join_address": (settings.BASE_URL + reverse("join")).split("//", 1)[-1].rstrip("/"),
    }
    return render(request, "facilitators/slips.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tickets_delete_unused(
    request: HttpRequest, partnership_id: int, round_id: int, audience: str
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if audience not in list_audiences(round_):
        raise Http404("This round does not ask these people.")
    if request.method == "POST":
        say_or_refuse(
            request,
            lambda: delete_unused(round_=round_, audience=audience, actor=user, now=timezone.now()),
            done="The slips that nobody had used are deleted. Throw their paper away.",
        )
        return go_to_round(round_, "round_tickets")
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "audience": Audience(audience).label,
    }
    return render(request, "facilitators/tickets_delete.html", context)


@require_POST
@never_cache
def ticket_paper(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    """One more place, opened on this device: whoever types in a paper form answers by it."""
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    form = PaperForm(request.POST, groups=list_groups(round_))
    if not form.is_valid():
        return _show_tickets(request, round_, SlipsForm(groups=list(form.groups.values())), form)
    try:
        ticket = make_tickets(
            round_=round_,
            audience=form.chosen_group.audience,
            organisation=form.chosen_group.organisation,
            number=1,
            actor=user,
            now=timezone.now(),
        )[0]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to_round(round_)
    return redirect(address_of(make_ticket_token(read_round_key(round_), ticket)))


def _show_tickets(
    request: HttpRequest, round_: Round, form: SlipsForm, paper: PaperForm
) -> HttpResponse:
    groups: list[Group] = list(form.groups.values())
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "form": form,
        "paper": paper,
        "made": [group for group in groups if group.slips],
        "audiences": [
            (audience, Audience(audience).label, count_places(round_, audience))
            for audience in list_audiences(round_)
        ],
    }
    status = UNPROCESSABLE if form.errors or paper.errors else 200
    return render(request, "facilitators/tickets.html", context, status=status)


def _say_not_open(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.error(request, NOT_OPEN)
    return go_to_round(round_)


def _cut(slips: list[Slip]) -> list[list[Slip]]:
    rest = iter(slips)
    return list(iter(lambda: list(islice(rest, A_PAGE)), []))
