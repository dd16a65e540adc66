"""The columns of a list of people: their headings, and one line parted into them."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

LABELS = ("Name", "E-mail", "Organisation", "Role", "Audience")
# Each heading with letters and figures alone: "E-Mail address" is "emailaddress".
MEANINGS = {
    **dict.fromkeys(("name", "names", "fullname"), "name"),
    **dict.fromkeys(("firstname", "forename", "givenname"), "first"),
    **dict.fromkeys(("lastname", "surname", "familyname"), "last"),
    **dict.fromkeys(("email", "emailaddress", "mail", "address"), "email"),
    **dict.fromkeys(("organisation", "organization", "employer"), "organisation"),
    **dict.fromkeys(("role", "rolelevel", "position"), "role"),
    "audience": "audience",
}
USUAL = ["name", "email", "organisation", "role", "audience"]
SEARCHED_LINES = 5

ADDRESS_IN_BRACKETS = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]*)>(?P<rest>.*)$")
NO_WORDS = {"-", "–", "—"}  # noqa: RUF001


@dataclass(frozen=True)
class PersonLine:
    """What one line says, nothing of it checked."""

    name: str = ""
    email: str = ""
    organisation: str = ""
    role: str = ""
    audience: str = ""


@dataclass(frozen=True)
class Columns:
    """Where each part stands; `names` is empty without headings, so parts stand as usual.

    `line` counts from 0; `passed_over` are headings that mean nothing here.
    """

    line: int = -1
    names: tuple[str, ...] = ()
    mark: str = ""
    passed_over: tuple[str, ...] = ()

    @property
    def are_usual(self) -> bool:
        return [name for name in self.names if name] == USUAL[: len(self.names)]

    def read(self, line: str) -> PersonLine:
        """Raises ValueError with what is wrong and what to do."""
        if self.are_usual:
            return _read_usual(line)
        cells = _cut(line, self.mark)
        if any(cell.strip() for cell in cells[len(self.names) :]):
            raise ValueError("There are more parts on this line than there are headings.")
        said = {name: _trim(cell) for name, cell in zip(self.names, cells, strict=False) if name}
        first_and_last = " ".join(filter(None, [said.pop("first", ""), said.pop("last", "")]))
        said["name"] = said.get("name", "") or first_and_last
        return PersonLine(**said)


def find_columns(lines: Sequence[str]) -> Columns:
    """The headings among the first lines that say anything, or none.

    The very first may be a heading by "Name" alone; further down two headings
    have to stand side by side, as a person could be called Name. Raises
    ValueError for headings without a name, or with one part twice.
    """
    told = [(number, line) for number, line in enumerate(lines) if line.strip()]
    for place, (number, line) in enumerate(told[:SEARCHED_LINES]):
        mark = _find_mark(line)
        cells = [_trim(cell) for cell in _cut(line, mark)]
        names = tuple(MEANINGS.get(_letters(cell), "") for cell in cells)
        known = [name for name in names if name]
        if len(known) >= 2 or (place == 0 and names[:1] == ("name",)):
            _check_headings(known)
            over = tuple(cell for cell, name in zip(cells, names, strict=True) if cell and not name)
            return Columns(number, names, mark, over)
    return Columns()


def _check_headings(known: list[str]) -> None:
    wanted = "Name the columns " + ", ".join(LABELS) + "; only the name is needed."
    if not {"name", "first", "last"} & set(known):
        raise ValueError(f"No column is called Name. {wanted}")
    if len(known) > len(set(known)):
        raise ValueError(f"Two columns mean the same. {wanted}")


def _read_usual(line: str) -> PersonLine:
    bracketed = ADDRESS_IN_BRACKETS.match(line)
    if bracketed:
        if "<" in bracketed["rest"]:
            raise ValueError(
                "There are two addresses on this line. Give each person a line of their own."
            )
        name = bracketed["name"].strip(" ,;\t")
        rest = bracketed["rest"].lstrip(" ,;\t")
        parts = [name, bracketed["email"], *_cut(rest, _find_mark(rest))]
    else:
        parts = _cut(line, _find_mark(line))
    parts = [_trim(part) for part in parts]
    while len(parts) > len(USUAL) and not parts[-1]:
        parts.pop()
    if len(parts) > len(USUAL):
        raise ValueError(
            "There are more than five parts. Put quotes around a name that has a comma in it, "
            "or part the line by semicolons or tabs."
        )
    return PersonLine(*parts)


def _find_mark(line: str) -> str:
    return next((mark for mark in "\t;," if mark in line), "")


def _cut(line: str, mark: str) -> list[str]:
    if not mark:
        return [line]
    return next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])


def _trim(part: str) -> str:
    part = part.strip().strip('"').strip()
    return "" if part in NO_WORDS else part


def _letters(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
