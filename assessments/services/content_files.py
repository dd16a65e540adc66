"""Reading content files: every value with its place, every problem collected.

A reader asks an `Entry` for the values it knows by name. What is missing, of the
wrong kind or known to nobody becomes a `Problem` with file, line and place, and
reading goes on, so that an author sees all problems of all files at once.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TYPE_NAMES = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a group of named values",
}

# Five times as fast where PyYAML has it; the nodes are the same.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    file: str
    line: int
    place: str
    reason: str

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.file}, line {self.line}{place}: {self.reason}"


class BadContent(Exception):
    """Content files that cannot be loaded; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass
class Entry:
    """A group of named values in a file, and where it stands."""

    file: str
    place: str
    node: yaml.MappingNode
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    def refuse(self, name: str, reason: str) -> None:
        """Note a problem with the value ``name``, or with the whole entry when that is missing."""
        value = self._find(name)
        line = (value or self.node).start_mark.line + 1
        self.problems.append(Problem(self.file, line, self._place_of(name), reason))

    def names(self) -> list[str]:
        return [str(key.value) for key, _ in self.node.value]

    def text(self, name: str, *, required: bool = False, longest: int | None = None) -> str:
        value = self._read(name, str, required=required)
        if value is None:
            return ""
        if required and not value.strip():
            self.refuse(name, "is empty.")
        if longest and len(value) > longest:
            self.refuse(name, f"has {len(value)} characters; {longest} is the most.")
        return value

    def choice(self, name: str, choices: Collection[str], *, default: str | None = None) -> str:
        value = self.text(name, required=default is None)
        if value and value not in choices:
            self.refuse(name, f'is "{value}"; choose one of {", ".join(sorted(choices))}.')
        return value or default or ""

    def number(self, name: str, *, smallest: int) -> int:
        value = self._read(name, int, required=True)
        if value is None:
            return smallest
        if value < smallest:
            self.refuse(name, f"is {value}; {smallest} is the least.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._read(name, bool)
        return default if value is None else value

    def texts(self, name: str) -> list[str]:
        values = self._read(name, list) or []
        if any(not isinstance(value, str) or not value.strip() for value in values):
            self.refuse(name, "holds something that is not a text, or is empty.")
            return []
        return values

    def data(self, name: str) -> Any:
        """A rule kept as it is; None where there is none."""
        return self._read(name, dict)

    def entry(self, name: str, *, required: bool = False) -> "Entry | None":
        if self._read(name, dict, required=required) is None:
            return None
        node = self._find(name)
        assert isinstance(node, yaml.MappingNode)
        return Entry(self.file, self._place_of(name), node, self.problems)

    def entries(self, name: str) -> list["Entry"]:
        if self._read(name, list) is None:
            return []
        node = self._find(name)
        assert isinstance(node, yaml.SequenceNode)
        return list(entries_of(self.file, self._place_of(name), node, self.problems))

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt name would be lost without a word."""
        for name in self.names():
            if name not in self.asked:
                self.refuse(name, "is not a name that is known here.")

    def _find(self, name: str) -> yaml.Node | None:
        return next((value for key, value in self.node.value if key.value == name), None)

    def _place_of(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def _read(self, name: str, kind: type, *, required: bool = False) -> Any:
        self.asked.add(name)
        node = self._find(name)
        value = None if node is None else build(node)
        if value is None:
            if required:
                self.refuse(name, "is missing.")
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.refuse(name, f"should be {TYPE_NAMES[kind]}.")
            return None
        return value


def entries_of(
    file: str, place: str, node: yaml.SequenceNode, problems: list[Problem]
) -> Iterator[Entry]:
    for index, item in enumerate(node.value):
        here = f"{place}[{index}]"
        if isinstance(item, yaml.MappingNode):
            yield Entry(file, here, item, problems)
        else:
            line = item.start_mark.line + 1
            problems.append(Problem(file, line, here, f"should be {TYPE_NAMES[dict]}."))


def build(node: yaml.Node) -> Any:
    """The plain value of a node that `read_file` has found sound."""
    return yaml.SafeLoader("").construct_object(node, deep=True)


def read_file(path: Path, *, folder: Path, problems: list[Problem]) -> yaml.Node | None:
    """The root of one file, or None with the problem noted."""
    name = path.relative_to(folder).as_posix()
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
        if root is not None:
            build(root)
    except FileNotFoundError:
        problems.append(Problem(name, 1, "", "is missing."))
        return None
    except UnicodeDecodeError:
        problems.append(Problem(name, 1, "", "is not text in UTF-8."))
        return None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        problems.append(Problem(name, mark.line + 1 if mark else 1, "", f"is not YAML: {reason}."))
        return None
    if root is None:
        problems.append(Problem(name, 1, "", "is empty."))
        return None
    problems.extend(find_repeated_names(name, "", root))
    return root


def find_repeated_names(file: str, place: str, node: yaml.Node) -> Iterator[Problem]:
    """YAML lets a later value silently replace an earlier one of the same name; we do not."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from find_repeated_names(file, f"{place}[{index}]", item)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            here = f"{place}.{key.value}" if place else str(key.value)
            if key.value in seen:
                yield Problem(file, key.start_mark.line + 1, here, "stands here twice.")
            seen.add(key.value)
            yield from find_repeated_names(file, here, value)


def read_entry(path: Path, *, folder: Path, problems: list[Problem]) -> Entry | None:
    """A file that is one group of named values."""
    root = read_file(path, folder=folder, problems=problems)
    name = path.relative_to(folder).as_posix()
    if isinstance(root, yaml.MappingNode):
        return Entry(name, "", root, problems)
    if root is not None:
        problems.append(Problem(name, 1, "", f"should be {TYPE_NAMES[dict]}."))
    return None


def read_entries(path: Path, *, folder: Path, problems: list[Problem]) -> list[Entry]:
    """A file that is a list of groups of named values."""
    root = read_file(path, folder=folder, problems=problems)
    name = path.relative_to(folder).as_posix()
    if isinstance(root, yaml.SequenceNode):
        return list(entries_of(name, "", root, problems))
    if root is not None:
        problems.append(Problem(name, 1, "", "should be a list."))
    return []
