"""Two facilitators at one form: the second is told, sees both versions, and loses nothing."""

from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from assessments.models.rounds import Participant
from assessments.services.partnerships import change_partnership
from tests.facilitators.pages import address, fill, of_round, shown_values
from tests.factories import (
    make_open_round,
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    make_user,
)
from tests.services.answering.test_racing import Aside

# What each form is sent by the first and by the second, and how the difference is shown.
FORMS = {
    "partnership": ({"name": "First"}, {"name": "Second"}, ("Name", "First", "Second")),
    "organisation": ({"name": "First"}, {"name": "Second"}, ("Name", "First", "Second")),
    "sector": ({"name": "First"}, {"name": "Second"}, ("Name", "First", "Second")),
    "person": (
        {"role_level": "chief"},
        {"role_level": ""},
        ("Role", "Chief executive, chair or council leader", "Nothing"),
    ),
    "round": (
        {"asks_candour": "on", "also_ask": ["six_ways"]},
        {"also_ask": []},
        ("At the end, ask how openly people answered", "Yes", "No"),
    ),
    "end": (
        {"ends_on": "2027-01-01"},
        {"ends_on": "2027-01-02"},
        ("Closes on", "1 January 2027", "2 January 2027"),
    ),
}


@pytest.fixture
def pages(content, partnership):
    draft = make_round(partnership)
    (person,) = make_people(draft, 1)
    organisation = make_organisation(partnership)
    elsewhere = make_partnership(partnership.facilitations.get().user)
    return {
        "partnership": address("partnership_edit", partnership),
        "organisation": address("organisation_edit", partnership, organisation),
        "sector": address("sector_edit", partnership, organisation.sector),
        "person": of_round("person_edit", draft, person),
        "round": of_round("round_edit", draft),
        "end": of_round("round_move_end", make_open_round(elsewhere)),
    }


@pytest.mark.parametrize("name", FORMS)
def test_the_second_sees_what_is_saved_beside_what_they_typed(signed_in, pages, name):
    first, second, (label, saved, typed) = FORMS[name]
    url = pages[name]
    opened = shown_values(signed_in.get(url).context["form"])
    fill(signed_in, url, **first)
    stored = shown_values(signed_in.get(url).context["form"])

    told = signed_in.post(url, opened | second)

    form = told.context["form"]
    assert told.status_code == 422
    assert "Somebody saved this after you opened the page." in str(form.non_field_errors())
    assert (label, saved, typed) in [(one.label, one.saved, one.typed) for one in form.newer]
    assert "What you typed</th>" in told.content.decode()
    assert shown_values(signed_in.get(url).context["form"]) == stored
    again = signed_in.post(url, opened | second | {"seen": form["seen"].value()})
    assert again.status_code == 302


def test_an_unchanged_form_is_saved_without_a_word(signed_in, pages):
    # The end of this round has seconds, which no form sends.
    del pages["end"]

    for url in pages.values():
        assert fill(signed_in, url, follow=False).status_code == 302


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_whoever_saves_while_another_is_saving_is_told():
    """The comparison holds the lock: without it the second would find nothing changed yet."""
    user = make_user()
    partnership = make_partnership(user)
    client = Client()
    client.force_login(user)
    url = address("partnership_edit", partnership)
    opened = shown_values(client.get(url).context["form"])
    begun, may_end = Event(), Event()

    def save_slowly():
        with transaction.atomic():
            change_partnership(
                partnership=partnership, name="First", about="", actor=user, now=timezone.now()
            )
            begun.set()
            may_end.wait(10)

    first = Aside(save_slowly)
    begun.wait(10)
    told = []
    second = Aside(lambda: told.append(client.post(url, opened | {"name": "Second"}).status_code))
    second.thread.join(0.3)
    assert second.thread.is_alive()
    may_end.set()
    first.wait()
    second.wait()

    assert told == [422]
    partnership.refresh_from_db()
    assert partnership.name == "First"


def test_nobody_is_told_of_a_person_they_did_not_change(signed_in, content, partnership):
    draft = make_round(partnership)
    one, other = make_people(draft, 2)
    opened = shown_values(signed_in.get(of_round("person_edit", draft, one)).context["form"])
    fill(signed_in, of_round("person_edit", draft, other), name="Other")

    signed_in.post(of_round("person_edit", draft, one), opened | {"name": "One"})

    assert set(Participant.objects.values_list("name", flat=True)) == {"One", "Other"}


@pytest.mark.parametrize("audience", ["leaders", "outside"])
def test_a_person_taken_off_the_list_meanwhile_can_be_added_again(
    signed_in, content, partnership, audience
):
    draft = make_round(partnership)
    add = f"{of_round('person_create', draft)}?audience={audience}"
    fill(signed_in, add, name="Jane", email="jane@example.org")
    url = of_round("person_edit", draft, draft.participants.get())
    opened = shown_values(signed_in.get(url).context["form"]) | {"organisation": ""}
    if audience == "outside":
        del opened["organisation"]
    signed_in.post(url.rstrip("/") + "/remove/")

    told = signed_in.post(url, opened | {"name": "Jane Field"})

    assert "took this person off the list" in told.content.decode()
    assert draft.participants.count() == 0
    form = told.context["form"]
    signed_in.post(told.context["action"], shown_values(form))
    person = draft.participants.get()
    assert (person.name, person.email, person.audience) == (
        "Jane Field",
        "jane@example.org",
        audience,
    )


def test_a_person_who_never_was_on_the_list_is_not_found(signed_in, content, partnership):
    url = of_round("person_edit", make_round(partnership), uuid4())

    assert signed_in.post(url, {"name": "Jane"}).status_code == 404
