"""The list of people of a round."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.people import PersonForm
from assessments.facilitators.pages import go_to_round, say_or_refuse, show_form
from assessments.facilitators.progress import BY_ORGANISATION
from assessments.facilitators.scope import find_own_round, find_person, signed_in
from assessments.facilitators.turns import one_at_a_time
from assessments.models.rounds import Audience, Participant, Round
from assessments.services.rosters import (
    add_people,
    change_person,
    has_started,
    has_submitted,
    remove_person,
    was_removed,
)
from assessments.services.round_set_up import asks_audience

FINAL = "This round has closed, so its list of people is final."


@require_safe
def round_people(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    round_ = find_own_round(request.user, partnership_id, round_id)
    people = round_.participants.select_related("organisation__sector").order_by(*BY_ORGANISATION)
    leaders = [person for person in people if person.audience == Audience.LEADERS]
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "people": leaders,
        "outside": [person for person in people if person.audience == Audience.OUTSIDE],
        "asks_outside": asks_audience(round_, Audience.OUTSIDE),
    }
    return render(request, "facilitators/round_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_own_round(user, partnership_id, round_id)
    if round_.is_closed and request.method != "POST":
        return say_final(request, round_)
    audience = audience_of(request)
    form = PersonForm(request.POST or None, partnership=round_.partnership, audience=audience)
    if form.is_valid() and attempt(
        form,
        lambda: add_people(
            round_=round_, people=[form.to_person()], actor=user, now=timezone.now()
        ),
    ):
        messages.success(request, f"{form.cleaned_data['name']} is on the list.")
        return _go_on(request, round_)
    return show_form(
        request,
        form,
        title="Add a person from outside" if audience == Audience.OUTSIDE else "Add a person",
        button="Add to the list",
        back=address_of_list(round_),
        template="facilitators/person_form.html",
        partnership=round_.partnership,
        round=round_,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(
    request: HttpRequest, partnership_id: int, round_id: int, participant_id: UUID
) -> HttpResponse:
    round_ = find_own_round(signed_in(request.user), partnership_id, round_id)
    if round_.is_closed and request.method != "POST":
        return say_final(request, round_)
    if request.method == "POST" and was_removed(round_, participant_id):
        return _offer_to_add_again(request, round_)
    with one_at_a_time(request, round_):
        person = find_person(round_, participant_id)
        form = PersonForm(
            request.POST or None,
            partnership=round_.partnership,
            participant=person,
            are_labels_fixed=round_.is_open and has_started(person),
        )
        if form.is_valid() and _save_person(request, form, person):
            messages.success(request, "Saved.")
            return go_to_round(round_, "round_people")
    return _show_person(request, round_, form, person)


def _offer_to_add_again(request: HttpRequest, round_: Round) -> HttpResponse:
    """Somebody took the person off the list meanwhile: what was typed can still be added."""
    is_outside = "organisation" not in request.POST
    form = PersonForm(
        request.POST,
        partnership=round_.partnership,
        audience=Audience.OUTSIDE if is_outside else Audience.LEADERS,
    )
    form.is_valid()
    form.add_error(
        None,
        "Somebody took this person off the list after you opened the page. What you typed is still "
        "here: add them again with it, or leave the list as it is.",
    )
    address = reverse("person_create", args=[round_.partnership_id, round_.pk])
    return show_form(
        request,
        form,
        title="Add a person",
        button="Add to the list",
        back=address_of_list(round_),
        template="facilitators/person_form.html",
        action=f"{address}?audience=outside" if is_outside else address,
        partnership=round_.partnership,
        round=round_,
    )


def _save_person(request: HttpRequest, form: PersonForm, person: Participant) -> bool:
    actor = signed_in(request.user)
    return attempt(
        form,
        lambda: change_person(
            participant=person, person=form.to_person(), actor=actor, now=timezone.now()
        ),
    )


def _show_person(
    request: HttpRequest, round_: Round, form: PersonForm, person: Participant
) -> HttpResponse:
    return show_form(
        request,
        form,
        title=f"Change {person.name}",
        button="Save",
        back=address_of_list(round_),
        template="facilitators/person_form.html",
        partnership=round_.partnership,
        round=round_,
        person=person,
        has_started=round_.is_open and has_started(person),
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


def say_final(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.error(request, FINAL)
    return go_to_round(round_, "round_people")


def address_of_list(round_: Round) -> str:
    return reverse("round_people", args=[round_.partnership_id, round_.pk])


def audience_of(request: HttpRequest) -> str:
    """The part of the list that the address names; the form posts back to the same address."""
    return Audience.OUTSIDE if request.GET.get("audience") == "outside" else Audience.LEADERS


def _go_on(request: HttpRequest, round_: Round) -> HttpResponse:
    """“Add and go on” keeps the form, and its part of the list, for the next person."""
    if request.POST.get("step") != "another":
        return go_to_round(round_, "round_people")
    address = reverse("person_create", args=[round_.partnership_id, round_.pk])
    is_outside = audience_of(request) == Audience.OUTSIDE
    return redirect(f"{address}?audience=outside" if is_outside else address)
