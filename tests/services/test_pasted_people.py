"""Pasted lists: what people copy from spreadsheets, mail and documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models.partnerships import Organisation
from assessments.services.new_people import EMAIL_LENGTH, NewPerson
from assessments.services.pasted_people import MOST_NEW, LineProblem, read_pasted_people
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
        ("Jane\xa0Field", NewPerson("Jane Field")),
        ("Jane\u200b  \u202eField\x07", NewPerson("Jane Field")),
        ("Jane, -, –", NewPerson("Jane")),  # noqa: RUF001
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
            "Ann, a@example.org, Northvale Council, director, leaders, extra",
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
    assert told[9].startswith("There are more than five parts.")
    assert told[10].startswith("There are two addresses on this line.")
    assert pasted.problems[0] == LineProblem(2, "Jane, jane@example", told[2])


def test_an_address_stands_once_whatever_its_capitals():
    text = "Jane, JANE@example.org\nKim, jane@Example.org\nLee, lee@example.org"

    assert reasons(text, taken=["Lee@Example.org"]) == [
        (2, "jane@example.org stands on a line above already."),
        (3, "lee@example.org is on the list of this round already."),
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


@pytest.mark.parametrize(
    "cell",
    ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "=formula", "＝1"],  # noqa: RUF001
)
@pytest.mark.parametrize("place", range(5))
def test_what_begins_like_a_formula_is_refused_in_every_column(cell, place):
    parts = ["Jane", "jane@example.org", "Northvale Council", "director", "leaders"]
    parts[place] = cell

    ((number, reason),) = reasons("Kim\n" + "\t".join(parts))

    assert number == 2
    assert f"begins like a formula ({cell[0]})" in reason


@pytest.mark.parametrize(
    "text",
    [
        "Role;Organisation;E-Mail Address;Full name\ndirector;Northvale Council;j@e.org;Jane Field",
        "Surname\tForename\tShoe size\tRole\tEmployer\tMail\n"
        "Field\tJane\t7\tDirector\tnorthvale council\tJ@e.org",
        "People of Northvale\n\nE-MAIL,NAME,,ORGANIZATION,ROLE\n"
        "j@e.org,Jane Field,,Northvale Council,executive",
    ],
)
def test_headings_say_which_column_is_which(text):
    pasted = read(text)

    assert pasted.problems == []
    assert pasted.people == [NewPerson("Jane Field", "j@e.org", COUNCIL, "director")]


def test_columns_that_mean_nothing_here_are_named():
    pasted = read("Name,Telephone,E-mail,Trust\nJane,+44 1234,j@example.org,Northvale Council")

    assert pasted.people == [NewPerson("Jane", "j@example.org")]
    assert pasted.passed_over == ("Telephone", "Trust")


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        ("E-mail,Role", "No column is called Name. Name the columns Name, E-mail, "),
        ("Name,E-mail,Mail", "Two columns mean the same."),
    ],
)
def test_headings_that_cannot_be_followed_are_told(headings, reason):
    ((number, told),) = reasons(f"\n{headings}\nx,y,z")

    assert number == 2
    assert told.startswith(reason)


def test_a_line_with_more_parts_than_headings_is_told():
    assert "more parts" in reasons("E-mail;Name\nj@example.org;Jane;director")[0][1]


def test_a_line_can_say_who_is_from_outside():
    pasted = read(
        "Name;E-mail;Organisation;Role;Audience\nJane;;Northvale Council;;Leaders\n"
        "Kim;k@example.org;;;outside\nLee;;Northvale Council;;outside\nMo;;;;nobody"
    )

    assert [(person.name, person.audience) for person in pasted.people] == [
        ("Jane", "leaders"),
        ("Kim", "outside"),
    ]
    assert [problem.number for problem in pasted.problems] == [4, 5]
    assert pasted.problems[1].reason == "“nobody” is no audience. Write leaders or outside."


def test_organisations_that_are_new_are_listed_once_where_they_may_be_added():
    text = "Jane;;Harbour House\nKim;;HARBOUR house\nLee;;Northvale Council"

    pasted = read_pasted_people(text, organisations=ORGANISATIONS, may_add=True)

    (new,) = pasted.unknown
    assert (new.name, new.pk) == ("Harbour House", None)
    assert [person.organisation for person in pasted.people] == [new, new, COUNCIL]
    assert len(reasons(text)) == 2


def test_a_column_of_other_things_is_not_taken_for_organisations():
    text = "\n".join(f"P{n};;Place {n}" for n in range(MOST_NEW + 3))

    pasted = read_pasted_people(text, organisations=[], may_add=True)

    assert (len(pasted.unknown), len(pasted.problems)) == (MOST_NEW, 3)


def test_long_parts_are_quoted_in_short():
    for line in ("Jane;" + "a" * 5000, "Jane;;;" + "b" * 5000, "Jane;;" + "c" * 5000):
        assert len(reasons(line)[0][1]) < 400


@given(st.text(max_size=300))
def test_any_text_is_read_or_told_and_never_breaks(text):
    pasted = read(text)

    assert all(person.name.strip() and len(person.name) <= 120 for person in pasted.people)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= problem.number <= len(lines) for problem in pasted.problems)
