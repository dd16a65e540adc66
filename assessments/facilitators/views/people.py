"""The list of people of a round."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.people import PasteForm, PersonForm
from assessments.facilitators.pages import (
    count_words,
    go_to_round,
    say_or_refuse,
    show_form,
)
from assessments.facilitators.progress import BY_ORGANISATION
from assessments.facilitators.scope import find_own_round, find_person, signed_in
from assessments.models.rounds import RoleLevel, Round
from assessments.services.rosters import (
    add_people,
    change_person,
    has_started,
    has_submitted,
    remove_person,
)

FINAL = "This round has closed, so its list of people is final."


@require_safe
def round_people(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    round_ = find_own_round(request.user, partnership_id, round_id)
    people = round_.participants.select_related("organisation__sector").order_by(*BY_ORGANISATION)
    context = {"partnership": round_.partnership, "round": round_, "people": people}
    return render(request, "facilitators/round_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if round_.is_closed and request.method != "POST":
        return _say_final(request, round_)
    form = PersonForm(request.POST or None, partnership=round_.partnership)
    if form.is_valid() and attempt(
        form,
        lambda: add_people(
            round_=round_, people=[form.to_person()], actor=user, now=timezone.now()
        ),
    ):
        messages.success(request, f"{form.cleaned_data['name']} is on the list.")
        return go_to_round(round_, _next_page(request))
    return show_form(
        request,
        form,
        title="Add a person",
        button="Add to the list",
        back=_address_of_list(round_),
        template="facilitators/person_form.html",
        partnership=round_.partnership,
        round=round_,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def people_paste(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if round_.is_closed and request.method != "POST":
        return _say_final(request, round_)
    taken = list(round_.participants.values_list("name", "email"))
    form = PasteForm(
        request.POST or None, partnership=round_.partnership, taken=[e for _, e in taken if e]
    )
    is_read = form.is_valid()
    people = form.pasted.people
    if (
        is_read
        and request.POST.get("step") == "add"
        and attempt(
            form,
            lambda: add_people(round_=round_, people=people, actor=user, now=timezone.now()),
        )
    ):
        messages.success(request, f"Added {count_words(len(people), 'person', 'people')}.")
        return go_to_round(round_, "round_people")
    names = {name.casefold() for name, _ in taken}
    return show_form(
        request,
        form,
        title="Paste a list of people",
        button="Check the list",
        back=_address_of_list(round_),
        template="facilitators/people_paste.html",
        partnership=round_.partnership,
        round=round_,
        is_read=is_read and not form.errors,
        people=[(p, RoleLevel(p.role_level).label if p.role_level else "") for p in people],
        same_names=sorted({p.name for p in people if p.name.casefold() in names}),
        roles=RoleLevel.labels,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(
    request: HttpRequest, partnership_id: int, round_id: int, participant_id: UUID
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    person = find_person(round_, participant_id)
    if round_.is_closed and request.method != "POST":
        return _say_final(request, round_)
    is_confirmed = round_.is_open and has_started(person)
    form = PersonForm(
        request.POST or None,
        partnership=round_.partnership,
        participant=person,
        are_labels_fixed=is_confirmed,
    )
    if form.is_valid() and attempt(
        form,
        lambda: change_person(
            participant=person, person=form.to_person(), actor=user, now=timezone.now()
        ),
    ):
        messages.success(request, "Saved.")
        return go_to_round(round_, "round_people")
    return show_form(
        request,
        form,
        title=f"Change {person.name}",
        button="Save",
        back=_address_of_list(round_),
        template="facilitators/person_form.html",
        partnership=round_.partnership,
        round=round_,
        person=person,
        has_started=is_confirmed,
        has_submitted=has_submitted(person),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_remove(
    request: HttpRequest, partnership_id: int, round_id: int, participant_id: UUID
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    person = find_person(round_, participant_id)
    if request.method == "POST":
        say_or_refuse(
            request,
            lambda: remove_person(participant=person, actor=user, now=timezone.now()),
            done=f"{person.name} is taken off the list.",
        )
        return go_to_round(round_, "round_people")
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "person": person,
        "has_started": has_started(person),
        "has_submitted": has_submitted(person),
    }
    return render(request, "facilitators/person_remove.html", context)


def _say_final(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.error(request, FINAL)
    return go_to_round(round_, "round_people")


def _address_of_list(round_: Round) -> str:
    return reverse("round_people", args=[round_.partnership_id, round_.pk])


def _next_page(request: HttpRequest) -> str:
    """“Add and go on” keeps the form for the next person."""
    return "person_create" if request.POST.get("step") == "another" else "round_people"
