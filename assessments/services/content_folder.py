"""A whole folder of content files, read and checked against one another."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.db.models import Model

from assessments.models.content import SingleQuestion
from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.models.scales import Scale
from assessments.services.content_documents import DOCUMENTS, DocumentKind, read_seed_ids
from assessments.services.content_files import (
    BadContent,
    Entry,
    Problem,
    build,
    read_entries,
    read_entry,
    read_file,
)
from assessments.services.content_reading import (
    Known,
    read_case_study,
    read_edition,
    read_guide_page,
    read_instrument,
    read_scale,
    read_single_question,
    read_source,
    refuse_repeated,
)
from assessments.services.content_values import Values

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


@dataclass(frozen=True)
class Checklist:
    instrument: Values
    edition: Values
    entry: Entry


@dataclass
class Content:
    """Everything in a folder. Rows stand under their model and code, in the order of loading."""

    rows: dict[type[Model], dict[str, Values]] = field(default_factory=dict)
    checklists: list[Checklist] = field(default_factory=list)
    entries: dict[tuple[type[Model], str], Entry] = field(default_factory=dict)


def read_folder(folder: Path) -> Content:
    """All content files of `folder`. Raises BadContent with every problem found."""
    reading = FolderReading(folder)
    content = reading.read()
    if reading.problems:
        problems = sorted(set(reading.problems), key=lambda one: (one.file, one.line, one.place))
        raise BadContent(problems)
    return content


class FolderReading:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.content = Content()

    def read(self) -> Content:
        files = sorted((self.folder / "instruments").glob("*.yaml"))
        if not files:
            self.problems.append(Problem("instruments", 1, "", "holds no checklist."))
        instruments = frozenset(path.stem for path in files)
        self.read_rows(Source, "sources.yaml", read_source)
        self.read_rows(CaseStudy, "case_studies.yaml", read_case_study)
        self.read_rows(Scale, "scales.yaml", lambda e, at: read_scale(e, at, instruments))
        scales = self.codes_of(Scale)
        sources = self.codes_of(Source)
        self.read_rows(
            GuidePage, "guide.yaml", lambda e, at: read_guide_page(e, at, sources), listed=True
        )
        self.read_rows(
            SingleQuestion,
            "single_questions.yaml",
            lambda e, at: read_single_question(e, at, scales),
            listed=True,
        )
        self.read_documents()
        known = Known(scales, sources, self.codes_of(CaseStudy), self.read_seeds())
        self.read_checklists(files, known)
        return self.content

    def codes_of(self, model: type[Model]) -> frozenset[str]:
        return frozenset(self.content.rows.get(model, {}))

    def read_rows(
        self,
        model: type[Model],
        name: str,
        read: Callable[[Entry, int], Values],
        *,
        listed: bool = False,
    ) -> None:
        rows = self.content.rows.setdefault(model, {})
        found = self.find_listed(name) if listed else self.find_named(name)
        for order, (code, entry) in enumerate(found, start=1):
            self.check_code(code, entry)
            rows[code] = read(entry, order)
            self.content.entries[model, code] = entry

    def find_named(self, name: str) -> Iterator[tuple[str, Entry]]:
        """A file whose names are the codes."""
        whole = self.entry_of(name)
        for code in whole.names() if whole else []:
            entry = whole and whole.entry(code, required=True)
            if entry:
                yield code, entry

    def find_listed(self, name: str) -> Iterator[tuple[str, Entry]]:
        """A file that is a list, each with its code."""
        entries = read_entries(self.folder / name, folder=self.folder, problems=self.problems)
        codes = [entry.text("code") for entry in entries]
        refuse_repeated(entries, codes)
        return zip(codes, entries, strict=True)

    def check_code(self, code: str, entry: Entry, name: str = "code") -> None:
        if not CODE.fullmatch(code):
            entry.refuse(name, "should be a short code of letters, digits and underlines.")

    def entry_of(self, name: str) -> Entry | None:
        return read_entry(self.folder / name, folder=self.folder, problems=self.problems)

    def read_documents(self) -> None:
        rows = self.content.rows.setdefault(ContentDocument, {})
        for order, (code, kind) in enumerate(DOCUMENTS.items(), start=1):
            path = self.folder / f"{code}.yaml"
            root = read_file(path, folder=self.folder, problems=self.problems)
            if root is None:
                continue
            self.check_document(f"{code}.yaml", root, kind)
            rows[code] = {"order": order, "title": kind.title, "data": build(root)}

    def check_document(self, name: str, root: yaml.Node, kind: DocumentKind) -> None:
        if kind.check is None:
            texts = build(root)
            if not isinstance(texts, list) or any(not isinstance(one, str) for one in texts):
                self.problems.append(Problem(name, 1, "", "should be a list of texts."))
        elif isinstance(root, yaml.MappingNode):
            kind.check(Entry(name, "", root, self.problems))
        else:
            self.problems.append(Problem(name, 1, "", "should be a group of named values."))

    def read_seeds(self) -> frozenset[str]:
        data = self.content.rows[ContentDocument].get("seed_coverage", {}).get("data")
        if not isinstance(data, dict):
            return frozenset()
        # Its problems are noted already: here only what the others may refer to.
        entry = read_entry(self.folder / "seed_coverage.yaml", folder=self.folder, problems=[])
        return read_seed_ids(entry) if entry else frozenset()

    def read_checklists(self, files: list[Path], known: Known) -> None:
        for path in files:
            entry = self.entry_of(path.relative_to(self.folder).as_posix())
            if entry is None:
                continue
            instrument = read_instrument(entry)
            self.check_code(instrument["code"], entry)
            if instrument["code"] != path.stem:
                entry.refuse("code", f'should be "{path.stem}", as the file is called.')
            checklist = Checklist(instrument, read_edition(entry, known), entry)
            self.content.checklists.append(checklist)
        self.content.checklists.sort(key=lambda one: one.instrument["order"])
        entries = [checklist.entry for checklist in self.content.checklists]
        orders = [str(checklist.instrument["order"]) for checklist in self.content.checklists]
        refuse_repeated(entries, orders, "order")
        for checklist in self.content.checklists:
            self.check_mirror(checklist)

    def check_mirror(self, checklist: Checklist) -> None:
        """The rings of two mirrored checklists must line up, dimension by dimension."""
        code = checklist.instrument["mirrors"]
        if code is None:
            return
        mirrored = next((c for c in self.content.checklists if c.instrument["code"] == code), None)
        if mirrored is None and not (self.folder / "instruments" / f"{code}.yaml").exists():
            checklist.entry.refuse("mirrors", f'is "{code}", and there is no such checklist.')
        elif mirrored and dimension_codes(mirrored) != dimension_codes(checklist):
            checklist.entry.refuse("mirrors", f"needs the sections of {code}, in the same order.")


def dimension_codes(checklist: Checklist) -> list[str]:
    return [dimension["code"] for dimension in checklist.edition["dimensions"]]
