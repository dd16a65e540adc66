"""The list of people: one by one, pasted, changed, removed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models.responses import Response
from assessments.models.rounds import Participant
from assessments.services.rosters import NewPerson, add_people
from tests.facilitators.pages import address, count_queries, fill, of_round, said
from tests.factories import (
    answer_all,
    begin,
    make_closed_round,
    make_open_round,
    make_organisation,
    make_partnership,
    make_people,
    make_round,
)


@pytest.fixture
def draft(content, partnership):
    return make_round(partnership)


def names(round_):
    return [person.name for person in round_.participants.all()]


def test_list_is_grouped_by_organisation_with_the_others_last(signed_in, partnership, draft):
    trust, council = (make_organisation(partnership, n, s) for n, s in (("Trust", 0), ("C", 2)))
    make_people(draft, 1)
    for organisation in (council, trust):
        make_people(draft, 2, organisation=organisation)

    people = signed_in.get(of_round("round_people", draft)).context["people"]

    assert [person.organisation for person in people] == [trust, trust, council, council, None]


def test_list_asks_no_more_for_more_people(signed_in, partnership, draft):
    make_people(draft, 1, organisation=make_organisation(partnership))
    one = count_queries(signed_in, of_round("round_people", draft))
    for _ in range(3):
        make_people(draft, 2, organisation=make_organisation(partnership))

    assert count_queries(signed_in, of_round("round_people", draft)) == one


def test_add_one_person_with_all_there_is(signed_in, partnership, draft):
    council = make_organisation(partnership)

    fill(
        signed_in,
        of_round("person_create", draft),
        name="Jane  Field",
        email="Jane@Example.org",
        organisation=council.pk,
        role_level="chief",
    )

    person = draft.participants.get()
    assert (person.name, person.email) == ("Jane Field", "jane@example.org")
    assert (person.organisation, person.role_level) == (council, "chief")


def test_add_then_another_comes_back_to_an_empty_form(signed_in, draft):
    response = fill(signed_in, of_round("person_create", draft), name="Jane", step="another")

    assert response.redirect_chain[0][0] == of_round("person_create", draft)
    assert said(response) == ["Jane is on the list."]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Give the name of the person."),
        ({"name": "N" * 121}, "at most 120"),
        ({"email": "jane@"}, "not a whole e-mail address"),
        ({"email": "taken@example.org"}, "on the list already"),
        ({"role_level": "emperor"}, "not one of the available choices"),
        ({"name": "J\x00"}, "Null characters"),
    ],
)
def test_a_wrong_person_is_told_and_nothing_typed_is_lost(
    signed_in, facilitator, draft, now, typed, error
):
    add_people(
        round_=draft, people=[NewPerson("T", "taken@example.org")], actor=facilitator, now=now
    )
    words = {"name": "Jane", "email": "jane@example.org"} | typed

    response = fill(signed_in, of_round("person_create", draft), **words)

    assert error in str(response.context["form"].errors)
    assert response.context["form"]["email"].value() == words["email"]
    assert draft.participants.count() == 1


def test_an_organisation_of_another_partnership_is_not_offered(signed_in, draft):
    foreign = make_organisation(make_partnership())
    url = of_round("person_create", draft)

    response = fill(signed_in, url, name="Jane", organisation=foreign.pk)

    assert foreign.name not in response.content.decode()
    assert "Choose another." in str(response.context["form"].errors["organisation"])


PASTE = "Name\tE-mail\nJane\tjane@example.org\n\nKim\tkim@example\n\nLee\tkim@example@org\n"


def paste(client, round_, lines, step="add"):
    return client.post(
        of_round("people_paste", round_), {"lines": lines, "step": step}, follow=True
    )


def test_paste_tells_every_bad_line_and_adds_nobody(signed_in, draft):
    response = paste(signed_in, draft, PASTE)

    told = [(p.number, p.line) for p in response.context["form"].pasted.problems]
    assert told == [(4, "Kim\tkim@example"), (6, "Lee\tkim@example@org")]
    text = response.content.decode()
    assert "2 lines cannot be read. Nobody was added" in text
    assert "Kim\tkim@example\n\nLee" in text
    assert names(draft) == []


def test_paste_shows_who_was_read_before_anybody_is_added(signed_in, partnership, draft):
    make_organisation(partnership, "Council")
    lines = "Jane; jane@example.org; council; director\nKim"

    response = paste(signed_in, draft, lines, step="check")

    text = " ".join(response.content.decode().split())
    assert "Add 2 people" in text
    assert "Director or executive" in text
    assert names(draft) == []

    response = paste(signed_in, draft, lines)
    assert said(response) == ["Added 2 people."]
    assert names(draft) == ["Jane", "Kim"]


def test_paste_adds_all_or_nobody_when_the_list_changed_meanwhile(
    signed_in, facilitator, draft, now
):
    lines = "Jane, jane@example.org\nKim, kim@example.org"
    paste(signed_in, draft, lines, step="check")
    add_people(round_=draft, people=[NewPerson("K", "kim@example.org")], actor=facilitator, now=now)

    response = paste(signed_in, draft, lines)

    assert "kim@example.org is on the list of this round already" in response.content.decode()
    assert names(draft) == ["K"]


def test_paste_points_out_a_name_that_is_on_the_list(signed_in, facilitator, draft, now):
    add_people(round_=draft, people=[NewPerson("Jane Field")], actor=facilitator, now=now)

    response = paste(signed_in, draft, "jane field\nKim", step="check")

    assert response.context["same_names"] == ["jane field"]


@pytest.mark.parametrize("lines", ["", "  \n \t\n", "Name, E-mail"])
def test_an_empty_paste_is_told(signed_in, draft, lines):
    response = paste(signed_in, draft, lines)

    assert list(response.context["form"].errors) == ["lines"]
    assert names(draft) == []


def test_paste_escapes_what_was_typed(signed_in, draft):
    response = paste(signed_in, draft, "</textarea><script>x</script>, bad@", step="check")

    assert "<script>x" not in response.content.decode()


def test_paste_of_a_long_list_asks_no_more_for_more_lines(signed_in, content, partnership):
    counts = []
    for number in (2, 60):
        round_ = make_round(partnership)
        with CaptureQueriesContext(connection) as queries:
            paste(signed_in, round_, "\n".join(f"P{i}, p{i}@example.org" for i in range(number)))
        assert round_.participants.count() == number
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_change_a_person(signed_in, draft):
    (person,) = make_people(draft, 1)

    fill(signed_in, of_round("person_edit", draft, person), name="Corrected")

    person.refresh_from_db()
    assert (person.name, person.role_level) == ("Corrected", "director")


def test_two_facilitators_change_one_person(signed_in, draft):
    (person,) = make_people(draft, 1)
    url = of_round("person_edit", draft, person)
    old = signed_in.get(url).context["form"].initial["seen"]
    fill(signed_in, url, name="First")

    response = fill(signed_in, url, name="Second", seen=old)

    assert "The list now says: First" in str(response.context["form"].non_field_errors())
    person.refresh_from_db()
    assert person.name == "First"


def test_consequences_in_an_open_round_are_said(signed_in, content, partnership):
    round_ = make_open_round(partnership)
    waiting, started, submitted, *_ = round_.participants.all()
    begin(started)
    answer_all(submitted)

    def read(name, person):
        text = signed_in.get(of_round(name, round_, person)).content.decode()
        return " ".join(text.split())

    assert "kills the link they have now" in read("person_edit", waiting)
    assert "deletes what they have begun" in read("person_edit", started)
    assert "open with their return code" in read("person_edit", submitted)
    assert "What they have begun is deleted" in read("person_remove", started)
    assert "What they have begun" not in read("person_remove", waiting)
    assert "Only they can withdraw" in read("person_remove", submitted)


def test_labels_of_somebody_who_has_started_stay_and_the_rest_can_change(
    signed_in, content, partnership
):
    council = make_organisation(partnership)
    round_ = make_open_round(partnership)
    person = round_.participants.first()
    url = of_round("person_edit", round_, person)
    offered = signed_in.get(url).context["form"]["organisation"].is_hidden
    begin(person)

    fixed = signed_in.get(url).context["form"]["organisation"].is_hidden
    refused = fill(signed_in, url, organisation=council.pk)
    fill(signed_in, url, name="Corrected")

    person.refresh_from_db()
    assert (offered, fixed) == (False, True)
    assert "has confirmed their organisation" in refused.content.decode()
    assert (person.name, person.organisation, person.role_level) == ("Corrected", None, "director")


def test_remove_a_person_after_a_question(signed_in, content, partnership):
    round_ = make_open_round(partnership)
    person, submitted, *_ = round_.participants.all()
    begin(person)
    answer_all(submitted)

    signed_in.post(of_round("person_remove", round_, person))
    refused = signed_in.post(of_round("person_remove", round_, submitted), follow=True)

    assert not Participant.objects.filter(pk=person.pk).exists()
    assert "Only they can withdraw" in said(refused)[-1]
    assert Response.objects.count() == 1


def test_a_person_of_another_round_is_not_found(signed_in, partnership, draft):
    (foreign,) = make_people(make_round(), 1)
    (elsewhere,) = make_people(make_round(partnership), 1)

    for person in (foreign, elsewhere):
        for name in ("person_edit", "person_remove", "person_new_link"):
            url = of_round(name, draft, person)
            assert signed_in.get(url).status_code == 404
            assert signed_in.post(url).status_code == 404

    assert Participant.objects.count() == 2


def test_the_list_of_a_closed_round_only_shows(signed_in, content, partnership):
    round_ = make_closed_round(partnership)
    person = round_.participants.first()

    text = signed_in.get(of_round("round_people", round_)).content.decode()
    assert person.name in text
    assert of_round("person_edit", round_, person) not in text
    for url in (
        of_round("person_create", round_),
        of_round("people_paste", round_),
        of_round("person_edit", round_, person),
    ):
        assert "final" in said(signed_in.get(url, follow=True))[0]
    assert "final" in paste(signed_in, round_, "Late").content.decode()
    assert address("round_people", partnership, round_)
    assert round_.participants.count() == 6
