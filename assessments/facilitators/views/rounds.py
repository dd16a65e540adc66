"""A round: setting it up, opening it, and how far it has come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.ends import EndForm
from assessments.facilitators.forms.rounds import RoundForm
from assessments.facilitators.live import read_open_round
from assessments.facilitators.overview import read_closed_bar
from assessments.facilitators.pages import go_to_partnership, go_to_round, say_or_refuse, show_form
from assessments.facilitators.scope import (
    find_own_partnership,
    find_own_round,
    find_round,
    signed_in,
)
from assessments.facilitators.turns import one_at_a_time
from assessments.models.rounds import Audience, Round
from assessments.permissions import can_read_comments, can_run_round
from assessments.services.groups_ahead import look_ahead
from assessments.services.preflight import check_opening
from assessments.services.promises import read_sample_promise
from assessments.services.round_items import list_large_sectors
from assessments.services.round_set_up import find_outside_edition, list_offered_editions
from assessments.services.rounds import (
    change_round,
    create_round,
    delete_draft,
    may_close_early,
    move_end,
    open_round,
)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: HttpRequest, partnership_id: int) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    partnership = find_own_partnership(user, partnership_id)
    form = RoundForm(
        request.POST or None,
        editions=list_offered_editions(),
        outside=find_outside_edition(),
        now=now,
    )
    made: list[Round] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            create_round(partnership=partnership, actor=user, now=now, **form.chosen_values())
        ),
    ):
        messages.success(request, "The round is set up as a draft. Add its people next.")
        return go_to_round(made[0])
    return show_form(
        request,
        form,
        title="Set up a round",
        button="Save as a draft",
        back=reverse("partnership_detail", args=[partnership.pk]),
        template="facilitators/round_form.html",
        partnership=partnership,
    )


@require_safe
def round_detail(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    round_ = find_round(request.user, partnership_id, round_id)
    context = {
        "round": round_,
        "partnership": round_.partnership,
        "runs": can_run_round(request.user, round_),
    }
    if round_.is_draft:
        context |= {"preflight": check_opening(round_, timezone.now())}
        return render(request, "facilitators/round_draft.html", context)
    if round_.is_open:
        context |= read_open_round(round_, timezone.now())
        return render(request, "facilitators/round_open.html", context)
    context |= {
        "bar": read_closed_bar(round_),
        "reads_comments": can_read_comments(request.user, round_),
    }
    return render(request, "facilitators/round_closed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    round_ = find_own_round(user, partnership_id, round_id)
    if request.method != "POST" and not round_.is_draft:
        messages.error(request, "Only a draft can be changed. People have read how this one works.")
        return go_to_round(round_)
    with one_at_a_time(request, round_):
        form = RoundForm(
            request.POST or None,
            editions=list_offered_editions(),
            outside=find_outside_edition(),
            large_sectors=list_large_sectors(round_) if round_.participants.exists() else None,
            now=now,
            round_=round_,
        )
        if form.is_valid() and attempt(
            form,
            lambda: change_round(round_=round_, actor=user, now=now, **form.chosen_values()),
        ):
            messages.success(request, "Saved.")
            return go_to_round(round_)
    return show_form(
        request,
        form,
        title=f"Change round {round_.number}",
        button="Save",
        back=reverse("round_detail", args=[partnership_id, round_.pk]),
        template="facilitators/round_form.html",
        partnership=round_.partnership,
        round=round_,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def round_delete(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if request.method == "POST":
        done = say_or_refuse(
            request,
            lambda: delete_draft(round_=round_, actor=user, now=timezone.now()),
            done=f"Draft {round_.number} is deleted.",
        )
        return go_to_partnership(round_.partnership) if done else go_to_round(round_)
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "people": round_.participants.count(),
    }
    return render(request, "facilitators/round_delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_open(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    round_ = find_own_round(user, partnership_id, round_id)
    if request.method == "POST":
        opened = say_or_refuse(
            request,
            lambda: open_round(round_=round_, actor=user, now=now),
            done="The round is open. Give everybody their link.",
        )
        return go_to_round(round_, "round_links" if opened else "round_detail")
    if not round_.is_draft:
        messages.error(request, "This round has been opened already.")
        return go_to_round(round_)
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "preflight": check_opening(round_, now),
        "groups": look_ahead(round_),
        "promise": read_sample_promise(round_, Audience.LEADERS, now),
    }
    return render(request, "facilitators/round_preflight.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_move_end(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    round_ = find_own_round(user, partnership_id, round_id)
    if request.method != "POST" and not round_.is_open:
        messages.error(request, "Only an open round has an end date to move.")
        return redirect("round_detail", partnership_id, round_.pk)
    with one_at_a_time(request, round_):
        form = EndForm(request.POST or None, now=now, ends_at=round_.ends_at)
        if form.is_valid() and attempt(
            form,
            lambda: move_end(
                round_=round_, ends_at=form.cleaned_data["ends_at"], actor=user, now=now
            ),
        ):
            messages.success(request, "The end date is moved.")
            return go_to_round(round_)
    return show_form(
        request,
        form,
        title="Move the end date",
        button="Move the end date",
        back=reverse("round_detail", args=[partnership_id, round_.pk]),
        template="facilitators/round_move_end.html",
        partnership=round_.partnership,
        round=round_,
        may_close_early=round_.is_open and may_close_early(round_),
    )
