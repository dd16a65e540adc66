"""Pasted lists: what people copy from spreadsheets, mail and documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models.partnerships import Organisation
from assessments.services.new_people import EMAIL_LENGTH, NewPerson
from assessments.services.pasted_people import LineProblem, read_pasted_people
from assessments.services.rosters import MOST_PEOPLE

COUNCIL = Organisation(pk=1, name="Northvale Council")
TRUST = Organisation(pk=2, name="Hospitals, North and South")
ORGANISATIONS = [COUNCIL, TRUST]


def read(text, taken=()):
    return read_pasted_people(text, organisations=ORGANISATIONS, taken=taken)


def reasons(text, taken=()):
    pasted = read(text, taken)
    return [(problem.number, problem.reason) for problem in pasted.problems]


@pytest.mark.parametrize(
    "line",
    [
        "Jane Field, jane@example.org, Northvale Council, Director or executive",
        "Jane Field; jane@example.org; northvale council; director",
        "Jane Field\tjane@example.org\tNorthvale Council\texecutive",
        '"Jane Field","jane@example.org","Northvale Council","Director"',
        "Jane Field <jane@example.org>, Northvale Council, director",
        "Jane Field, <jane@example.org>; Northvale Council; director",
        '"Jane Field" <JANE@Example.org>\tNorthvale Council\tdirector',
        "  Jane Field ,  jane@example.org ,Northvale Council,director,,",
    ],
)
def test_read_line_however_its_parts_are_parted(line):
    pasted = read(line)

    assert pasted.problems == []
    assert pasted.people == [
        NewPerson("Jane Field", "jane@example.org", COUNCIL, "director"),
    ]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Jane Field", NewPerson("Jane Field")),
        ("Jane Field,", NewPerson("Jane Field")),
        ("Jane Field,,Northvale Council", NewPerson("Jane Field", "", COUNCIL)),
        ("Jane <j@example.org>", NewPerson("Jane", "j@example.org")),
        ("Field, Jane <j@example.org>", NewPerson("Field, Jane", "j@example.org")),
        ('"Field, Jane", j@example.org', NewPerson("Field, Jane", "j@example.org")),
        ("Field, Jane; j@example.org", NewPerson("Field, Jane", "j@example.org")),
        (
            'Jane, j@example.org, "Hospitals, North and South"',
            NewPerson("Jane", "j@example.org", TRUST),
        ),
        ("Siân O'Neill-Ōta\tsian@example.org", NewPerson("Siân O'Neill-Ōta", "sian@example.org")),
        ("Jane\xa0Field", NewPerson("Jane\xa0Field")),
        ("=cmd|'/c calc'!A1", NewPerson("=cmd|'/c calc'!A1")),
    ],
)
def test_only_the_name_is_needed_and_marks_in_names_are_kept(line, person):
    pasted = read(line)

    assert (pasted.people, pasted.problems) == ([person], [])


@pytest.mark.parametrize(
    "heading", ["Name", "Name,E-mail,Organisation,Role", '"Name";"Email"', "NAME\tE-mail"]
)
def test_a_first_line_of_headings_is_passed_over(heading):
    assert read(f"\ufeff\n{heading}\nJane").people == [NewPerson("Jane")]


def test_a_heading_further_down_is_a_person():
    assert [person.name for person in read("Jane\nName").people] == ["Jane", "Name"]


def test_every_bad_line_is_told_with_its_number_and_reason():
    text = "\r\n".join(
        [
            "Name,E-mail",
            "Jane, jane@example",
            "",
            "Kim, kim@example.org",
            "kim2@example.org",
            ", lone@example.org",
            "Lee, lee@example.org, Nowhere Council",
            "Mo, mo@example.org, , Emperor",
            "Ann, a@example.org, Northvale Council, director, extra",
            "Bo <bo@example.org>; Cy <cy@example.org>",
        ]
    )

    pasted = read(text)

    assert [person.name for person in pasted.people] == ["Kim"]
    told = {problem.number: problem.reason for problem in pasted.problems}
    assert list(told) == [2, 5, 6, 7, 8, 9, 10]
    assert told[2] == "“jane@example” is not a whole e-mail address."
    assert told[5] == "The line begins with an address. Put the name before it."
    assert told[6] == "There is no name. Begin the line with one."
    assert told[7].startswith("No organisation here is called “Nowhere Council”.")
    assert told[8].startswith("“Emperor” is not one of the roles: Chief executive")
    assert told[9].startswith("There are more than four parts.")
    assert told[10].startswith("There are two addresses on this line.")
    assert pasted.problems[0] == LineProblem(2, "Jane, jane@example", told[2])


def test_an_address_stands_once_whatever_its_capitals():
    text = "Jane, JANE@example.org\nKim, jane@Example.org\nLee, lee@example.org"

    assert reasons(text, taken=["Lee@Example.org"]) == [
        (2, "jane@example.org is on the list already, or twice in what you pasted."),
        (3, "lee@example.org is on the list already, or twice in what you pasted."),
    ]


def test_people_without_an_address_are_never_twice():
    assert len(read("Jane\nKim\nLee").people) == 3


def test_too_long_parts_are_told():
    long_name = "N" * 121
    long_address = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org"
    assert len(long_address) > EMAIL_LENGTH

    assert reasons(f"{long_name}\nJane, {long_address}") == [
        (1, "The name is longer than 120 characters."),
        (2, f"The e-mail address is longer than {EMAIL_LENGTH} characters."),
    ]


def test_more_people_than_a_round_holds_are_told_once():
    text = "\n".join(f"Person {number}" for number in range(MOST_PEOPLE + 50))

    assert reasons(text) == [
        (
            MOST_PEOPLE + 1,
            f"A round can hold {MOST_PEOPLE} people. Take the lines from here on away.",
        )
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_or_told_and_never_breaks(text):
    pasted = read(text)

    assert all(person.name.strip() and len(person.name) <= 120 for person in pasted.people)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= problem.number <= len(lines) for problem in pasted.problems)
