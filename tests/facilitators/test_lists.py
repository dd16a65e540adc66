"""Lists of people from a file, and organisations that are new in a list."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from assessments.models.users import AuditEvent
from tests.facilitators.pages import of_round, said
from tests.factories import make_closed_round, make_organisation, make_partnership, make_round


@pytest.fixture
def draft(content, partnership):
    return make_round(partnership)


def upload(client, round_, data, name="people.csv", query=""):
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return client.post(of_round("people_upload", round_) + query, {"file": file})


def shown_lines(response):
    return response.context["form"]["lines"].value()


def add(client, round_, lines, query="", **places):
    url = of_round("people_paste", round_) + query
    return client.post(url, {"lines": lines, "step": "add", **places}, follow=True)


def read(response):
    return " ".join(response.content.decode().split())


def names(round_):
    return [person.name for person in round_.participants.order_by("name")]


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_file_is_shown_as_lines_and_added_from_them(signed_in, partnership, draft):
    council = make_organisation(partnership, "Northvale Council")
    data = book(
        ["E-mail", "Name", "Organisation", "Role", "Audience"],
        ["jane@example.org", "Field, Jane", "northvale council", "Director", ""],
        [None, "Kim", None, None, "leaders"],
    )

    shown = upload(signed_in, draft, data, "list.xlsx")
    assert (shown.status_code, names(draft)) == (200, [])
    assert "Add 2 people" in read(shown)
    assert of_round("people_paste", draft) in read(shown)

    response = add(signed_in, draft, shown_lines(shown))

    assert said(response) == ["Added 2 people."]
    jane = draft.participants.get(name="Field, Jane")
    assert (jane.email, jane.organisation, jane.role_level) == (
        "jane@example.org",
        council,
        "director",
    )


def test_every_bad_line_of_a_file_is_told_with_its_number(signed_in, draft):
    text = (
        "Name;E-mail\nJane;jane@example.org\n\n=cmd|'/c calc'!A1;x@example.org\n"
        "Kim;JANE@example.org\n"
    )

    response = upload(signed_in, draft, text)

    told = {p.number: p.reason for p in response.context["form"].pasted.problems}
    assert list(told) == [4, 5]
    assert "begins like a formula" in told[4]
    assert "stands on a line above already" in told[5]
    assert response.status_code == 422
    assert "Jane\tjane@example.org" in shown_lines(response)
    assert "Add 1 person" not in read(response)
    assert names(draft) == []


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7", "people.xlsx", "This file is not a spreadsheet"),
        (b"", "people.csv", "This file is empty"),
        (b"Name\n" + b"Jane\n" * 10_000, "people.csv", "more than 2,000 lines"),
        (b"x" * 2_000_001, "people.csv", "too large"),
        (b"Name,E-mail\n" + b"a" * 100_000 * 5, "people.csv", "not a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(signed_in, draft, data, name, words):
    response = upload(signed_in, draft, data, name)

    assert response.status_code == 422
    assert words in str(response.context["form"].errors["file"])


def test_no_file_is_told(signed_in, draft):
    response = signed_in.post(of_round("people_upload", draft), {})

    assert "Choose a file first." in str(response.context["form"].errors["file"])


def test_a_file_of_two_thousand_people_is_shown_and_added_in_a_few_queries(signed_in, draft):
    rows = "".join(f"Person {n:04},p{n}@example.org\n" for n in range(2000))
    lines = shown_lines(upload(signed_in, draft, f"Name,E-mail\n{rows}"))

    with CaptureQueriesContext(connection) as queries:
        add(signed_in, draft, lines)

    assert draft.participants.count() == 2000
    assert len(queries) < 50


def test_a_file_for_people_outside_keeps_to_them(signed_in, draft):
    shown = upload(signed_in, draft, "Name\nJane\n", query="?audience=outside")
    assert f"{of_round('people_paste', draft)}?audience=outside" in read(shown)

    add(signed_in, draft, shown_lines(shown), query="?audience=outside")
    add(signed_in, draft, "Name,Audience\nKim,outside\nLee,leaders")

    audiences = dict(draft.participants.values_list("name", "audience"))
    assert audiences == {"Jane": "outside", "Kim": "outside", "Lee": "leaders"}


NEW = "Jane;;Harbour House\nKim;;Northvale Counsil\nLee;;harbour house"


def test_new_organisations_are_asked_about_and_added_with_the_people(signed_in, partnership, draft):
    council = make_organisation(partnership, "Northvale Council")
    sector = partnership.sectors.last()
    url = of_round("people_paste", draft)

    shown = signed_in.post(url, {"lines": NEW, "step": "check"})
    assert shown.status_code == 200
    assert "2 organisations are not known here" in read(shown)
    assert "Perhaps the same as Northvale Council?" in read(shown)

    add(signed_in, draft, NEW, place_0=f"s{sector.pk}", place_1=f"o{council.pk}")

    harbour = partnership.organisations.get(name="Harbour House")
    assert harbour.sector == sector
    assert dict(draft.participants.values_list("name", "organisation__name")) == {
        "Jane": "Harbour House",
        "Kim": "Northvale Council",
        "Lee": "Harbour House",
    }
    assert AuditEvent.objects.filter(action="organisation added").count() == 2


def test_an_organisation_without_a_place_is_asked_again_and_nobody_is_added(
    signed_in, partnership, draft
):
    chosen = f"s{partnership.sectors.first().pk}"

    response = add(signed_in, draft, NEW, place_0=chosen)

    form = response.context["form"]
    assert list(form.errors) == ["place_1"]
    assert form["place_0"].value() == chosen
    assert shown_lines(response) == NEW
    assert (names(draft), partnership.organisations.count()) == ([], 0)


def test_a_foreign_sector_or_organisation_is_refused(signed_in, partnership, draft):
    foreign = make_organisation(make_partnership())

    for place in (f"s{foreign.sector_id}", f"o{foreign.pk}", "s0", "x"):
        response = add(signed_in, draft, "Jane;;Harbour House", place_0=place)
        assert "place_0" in response.context["form"].errors

    assert (names(draft), partnership.organisations.count()) == ([], 0)


def test_organisations_are_not_added_when_the_people_are_refused(signed_in, partnership, draft):
    lines = "Jane;;Harbour House\nName;a@example.org;;;outside"
    closed = make_closed_round(partnership)
    sector = partnership.sectors.first()

    response = add(signed_in, closed, lines, place_0=f"s{sector.pk}")

    assert "final" in read(response)
    assert partnership.organisations.count() == 0


def test_names_that_stand_twice_and_columns_not_read_are_pointed_out(signed_in, draft):
    response = upload(signed_in, draft, "Name,Phone,E-mail\nJane,1,a@e.org\njane,2,b@e.org\n")

    assert response.context["same_names"] == ["jane"]
    assert "no column of the list is called so:</strong> Phone" in read(response)


def test_the_template_offers_what_can_be_chosen_and_comes_back_filled_in(
    signed_in, partnership, draft
):
    make_organisation(partnership, "=Odd Trust")
    make_organisation(partnership, "Northvale Council")

    response = signed_in.get(of_round("people_template_xlsx", draft))
    made = load_workbook(io.BytesIO(response.content))
    people, choices = made.worksheets
    cells = [cell for column in choices.iter_cols(values_only=True) for cell in column]
    people.append(["Jane", "jane@example.org", "Northvale Council", "", "leaders"])
    out = io.BytesIO()
    made.save(out)

    assert [cell.value for cell in people[1]] == [
        *("Name", "E-mail", "Organisation"),
        *("Role", "Audience"),
    ]
    assert {"Northvale Council", "'=Odd Trust", "Director or executive", "outside"} <= set(cells)
    assert "Add 1 person" in read(upload(signed_in, draft, out.getvalue()))


def test_the_csv_template_has_the_headings_and_is_empty(signed_in, draft):
    response = signed_in.get(of_round("people_template_csv", draft))

    assert response.content.decode("utf-8-sig").strip() == "Name,E-mail,Organisation,Role,Audience"
    assert "There is nobody in these lines" in read(upload(signed_in, draft, response.content))


def test_the_list_of_a_closed_round_takes_no_file(signed_in, content, partnership):
    round_ = make_closed_round(partnership)

    response = signed_in.post(of_round("people_upload", round_), {}, follow=True)

    assert "final" in said(response)[0]
