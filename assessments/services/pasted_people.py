"""Reading a pasted list of people: one a line, all or nothing."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assessments.models.partnerships import Organisation
from assessments.models.rounds import Audience, RoleLevel
from assessments.services.new_people import EMAIL_LENGTH, NAME_LENGTH, NewPerson
from assessments.services.rosters import MOST_PEOPLE

ADDRESS_IN_BRACKETS = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]*)>(?P<rest>.*)$")
LINE_END = re.compile(r"\r\n|\r|\n")
FIRST_LINE_WORDS = {"name", "names", "e-mail", "email", "full name"}


@dataclass(frozen=True)
class LineProblem:
    """`number` counts lines from 1 as in the pasted text."""

    number: int
    line: str
    reason: str


@dataclass(frozen=True)
class PastedList:
    people: list[NewPerson]
    problems: list[LineProblem]


def read_pasted_people(
    text: str,
    *,
    organisations: Iterable[Organisation],
    taken: Iterable[str] = (),
    audience: str = Audience.LEADERS,
) -> PastedList:
    """People and problems of a pasted text.

    A line is: name, e-mail, organisation, role. Commas, semicolons or tabs
    part them, and a part in quotes may hold any of these; `Name <address>` is
    read too; only the name is needed. Empty lines and a first line of headings
    are passed over. `taken` are addresses on the list already. A line of people
    outside the leadership ends after the e-mail.
    """
    by_name = {organisation.name.casefold(): organisation for organisation in organisations}
    seen = {address.casefold() for address in taken}
    people: list[NewPerson] = []
    problems: list[LineProblem] = []
    is_first = True
    for number, line in enumerate(LINE_END.split(text.lstrip("\ufeff")), start=1):
        if not line.strip():
            continue
        if is_first and _is_heading(line):
            is_first = False
            continue
        is_first = False
        try:
            person = _read_line(line, by_name, audience)
            _check_address(person.email, seen)
        except ValueError as problem:
            problems.append(LineProblem(number=number, line=line.strip(), reason=str(problem)))
            continue
        if person.email:
            seen.add(person.email.casefold())
        people.append(person)
        if len(people) > MOST_PEOPLE:
            reason = f"A round can hold {MOST_PEOPLE} people. Take the lines from here on away."
            problems.append(LineProblem(number=number, line=line.strip(), reason=reason))
            break
    return PastedList(people=people, problems=problems)


def _read_line(line: str, by_name: dict[str, Organisation], audience: str) -> NewPerson:
    name, email, organisation, role = _split(line)
    if not name:
        raise ValueError("There is no name. Begin the line with one.")
    if len(name) > NAME_LENGTH:
        raise ValueError(f"The name is longer than {NAME_LENGTH} characters.")
    if "@" in name:
        raise ValueError("The line begins with an address. Put the name before it.")
    if audience == Audience.OUTSIDE:
        if organisation or role:
            raise ValueError(
                "People outside the leadership have no organisation or role here. Leave only the "
                "name and the address."
            )
        return NewPerson(name=name, email=email.lower(), audience=audience)
    return NewPerson(
        name=name,
        email=email.lower(),
        organisation=_find_organisation(organisation, by_name),
        role_level=_find_role(role),
    )


def _split(line: str) -> tuple[str, str, str, str]:
    bracketed = ADDRESS_IN_BRACKETS.match(line)
    if bracketed:
        if "<" in bracketed["rest"]:
            raise ValueError(
                "There are two addresses on this line. Give each person a line of their own."
            )
        name = bracketed["name"].strip(" ,;\t")
        rest = bracketed["rest"].lstrip(" ,;\t")
        parts = [name, bracketed["email"], *_cut(rest)]
    else:
        parts = _cut(line)
    parts = [part.strip().strip('"').strip() for part in parts]
    while len(parts) > 4 and not parts[-1]:
        parts.pop()
    if len(parts) > 4:
        raise ValueError(
            "There are more than four parts. Put quotes around a name that has a comma in it, "
            "or part the line by semicolons or tabs."
        )
    name, email, organisation, role = (*parts, "", "", "", "")[:4]
    return name, email, organisation, role


def _cut(line: str) -> list[str]:
    for mark in ("\t", ";", ","):
        if mark in line:
            return next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])
    return [line]


def _check_address(email: str, seen: set[str]) -> None:
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError:
        raise ValueError(f"“{email}” is not a whole e-mail address.") from None
    if len(email) > EMAIL_LENGTH:
        raise ValueError(f"The e-mail address is longer than {EMAIL_LENGTH} characters.")
    if email.casefold() in seen:
        raise ValueError(f"{email} is on the list already, or twice in what you pasted.")


def _find_organisation(name: str, by_name: dict[str, Organisation]) -> Organisation | None:
    if not name:
        return None
    organisation = by_name.get(name.casefold())
    if organisation is None:
        raise ValueError(
            f"No organisation here is called “{name}”. Add it to the partnership first, "
            "or correct the spelling."
        )
    return organisation


def _find_role(words: str) -> str:
    if not words:
        return ""
    wanted = words.casefold()
    for level in RoleLevel:
        label = str(level.label).casefold()
        if wanted in (level.value, label) or wanted in re.split(r", | or ", label):
            return str(level.value)
    choices = "; ".join(str(label) for label in RoleLevel.labels)
    raise ValueError(f"“{words}” is not one of the roles: {choices}.")


def _is_heading(line: str) -> bool:
    return _cut(line)[0].strip().strip('"').casefold() in FIRST_LINE_WORDS
