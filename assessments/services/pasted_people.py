"""Reading a list of people, pasted or uploaded: one a line, all or nothing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assessments.models.partnerships import Organisation
from assessments.models.rounds import Audience, RoleLevel
from assessments.services.new_people import EMAIL_LENGTH, NAME_LENGTH, NewPerson
from assessments.services.people_columns import PersonLine, find_columns
from assessments.services.rosters import MOST_PEOPLE
from assessments.spreadsheets import is_formula

LINE_END = re.compile(r"\r\n|\r|\n")
# Joiners belong to words of some languages; other signs that nobody sees do not.
JOINERS = "\u200c\u200d"
# More than these, and another column was taken for that of organisations.
MOST_NEW = 40
LONGEST_QUOTE = 60


@dataclass(frozen=True)
class LineProblem:
    """`number` counts lines from 1 as in the pasted text."""

    number: int
    line: str
    reason: str


@dataclass(frozen=True)
class PastedList:
    """`unknown` are organisations that somebody is from and that are not saved; `passed_over`
    are headings of columns that were not read."""

    people: list[NewPerson]
    problems: list[LineProblem]
    unknown: list[Organisation] = field(default_factory=list)
    passed_over: tuple[str, ...] = ()


def read_pasted_people(
    text: str,
    *,
    organisations: Iterable[Organisation],
    taken: Iterable[str] = (),
    audience: str = Audience.LEADERS,
    may_add: bool = False,
) -> PastedList:
    """People and problems of a pasted text.

    A line is: name, e-mail, organisation, role, audience; headings may put them
    in another order. Commas, semicolons or tabs part them, and a part in quotes
    may hold any of these; `Name <address>` is read too; only the name is needed.
    Empty lines are passed over. `taken` are addresses on the list already. An
    organisation that is not known is a problem, or, where it `may_add`, is
    among `unknown`. `audience` is meant where a line names none.
    """
    lines = LINE_END.split(text.lstrip("\ufeff"))
    try:
        columns = find_columns(lines)
    except ValueError as problem:
        told = next(number for number, line in enumerate(lines) if line.strip())
        return PastedList([], [LineProblem(told + 1, lines[told].strip(), str(problem))])
    reader = _Reader(organisations, taken, audience, may_add)
    people: list[NewPerson] = []
    problems: list[LineProblem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or number - 1 <= columns.line:
            continue
        try:
            people.append(reader.read(columns.read(line)))
        except ValueError as problem:
            problems.append(LineProblem(number=number, line=line.strip(), reason=str(problem)))
        if len(people) > MOST_PEOPLE:
            reason = f"A round can hold {MOST_PEOPLE} people. Take the lines from here on away."
            problems.append(LineProblem(number=number, line=line.strip(), reason=reason))
            break
    return PastedList(people, problems, list(reader.new.values()), columns.passed_over)


class _Reader:
    """Knows what the lines before said: addresses, and organisations that are new."""

    def __init__(
        self,
        organisations: Iterable[Organisation],
        taken: Iterable[str],
        audience: str,
        may_add: bool,
    ) -> None:
        self.by_name = {
            organisation.name.casefold(): organisation for organisation in organisations
        }
        self.taken = {address.casefold() for address in taken}
        self.seen: set[str] = set()
        self.new: dict[str, Organisation] = {}
        self.audience = audience
        self.may_add = may_add

    def read(self, line: PersonLine) -> NewPerson:
        line = PersonLine(*(_clean(part) for part in vars(line).values()))
        _check_name(line.name)
        person = self._place(line)
        self._check_address(person.email)
        return person

    def _place(self, line: PersonLine) -> NewPerson:
        audience = _find_audience(line.audience) or self.audience
        email = line.email.lower()
        if audience == Audience.OUTSIDE:
            if line.organisation or line.role:
                raise ValueError(
                    "People outside the leadership have no organisation or role here. Leave only "
                    "the name and the address."
                )
            return NewPerson(name=line.name, email=email, audience=audience)
        role = _find_role(line.role)
        organisation = self._find_organisation(line.organisation)
        return NewPerson(line.name, email, organisation, role, audience)

    def _find_organisation(self, name: str) -> Organisation | None:
        if not name:
            return None
        key = name.casefold()
        found = self.by_name.get(key) or self.new.get(key)
        if found:
            return found
        if not self.may_add or len(self.new) >= MOST_NEW:
            raise ValueError(
                f"No organisation here is called “{_quote(name)}”. Add it to the partnership "
                "first, or correct the spelling."
            )
        if len(name) > NAME_LENGTH:
            raise ValueError(f"The organisation is longer than {NAME_LENGTH} characters.")
        return self.new.setdefault(key, Organisation(name=name))

    def _check_address(self, email: str) -> None:
        if not email:
            return
        try:
            validate_email(email)
        except ValidationError:
            raise ValueError(f"“{_quote(email)}” is not a whole e-mail address.") from None
        if len(email) > EMAIL_LENGTH:
            raise ValueError(f"The e-mail address is longer than {EMAIL_LENGTH} characters.")
        if email.casefold() in self.taken:
            raise ValueError(f"{email} is on the list of this round already.")
        if email.casefold() in self.seen:
            raise ValueError(f"{email} stands on a line above already.")
        self.seen.add(email.casefold())


def _clean(part: str) -> str:
    """One line without signs that nobody sees: odd blanks, marks of direction, controls."""
    part = " ".join(part.split())
    if is_formula(part):
        raise ValueError(
            f"“{_quote(part)}” begins like a formula ({part[0]}). Write the words themselves."
        )
    return "".join(
        sign for sign in part if unicodedata.category(sign) not in ("Cc", "Cf") or sign in JOINERS
    ).strip()


def _check_name(name: str) -> None:
    if not name:
        raise ValueError("There is no name. Begin the line with one.")
    if len(name) > NAME_LENGTH:
        raise ValueError(f"The name is longer than {NAME_LENGTH} characters.")
    if "@" in name:
        raise ValueError("The line begins with an address. Put the name before it.")
    if not any(sign.isalpha() for sign in name):
        raise ValueError(f"“{_quote(name)}” is no name: there is no letter in it.")


def _find_role(words: str) -> str:
    if not words:
        return ""
    wanted = words.casefold()
    for level in RoleLevel:
        label = str(level.label).casefold()
        if wanted in (level.value, label) or wanted in re.split(r", | or ", label):
            return str(level.value)
    choices = "; ".join(str(label) for label in RoleLevel.labels)
    raise ValueError(f"“{_quote(words)}” is not one of the roles: {choices}.")


def _find_audience(words: str) -> str:
    wanted = words.casefold()
    for audience in Audience:
        if wanted in (
            "",
            audience.value,
            audience.value.rstrip("s"),
            str(audience.label).casefold(),
        ):
            return str(audience.value) if wanted else ""
    raise ValueError(f"“{_quote(words)}” is no audience. Write leaders or outside.")


def _quote(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"
