"""From the content files into the database: all or nothing, and again without harm.

Each row and edition remembers the digest of the file it was loaded from. So a
file that did not change never undoes what an editor changed here, and a file
that did change never overwrites an editor's work: it is left alone, and said.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from assessments.models.content import Edition, Instrument, SingleQuestion
from assessments.models.scales import Coded, Scale, ScalePoint
from assessments.services.content import publish_edition, write_edition
from assessments.services.content_files import BadContent, Entry, Problem
from assessments.services.content_folder import Checklist, Content, read_folder
from assessments.services.content_values import (
    PLAIN_FIELDS,
    Values,
    coded_values,
    digest_of,
    edition_values,
)

EDITED_HERE = "changed in the file and by an editor here; left as it is here"


@dataclass
class LoadReport:
    """What was done, a line each, and what was left alone."""

    lines: list[str] = field(default_factory=list)
    unchanged: int = 0

    def say(self, what: object, done: str) -> None:
        self.lines.append(f"{what}: {done}.")


def load_content(*, folder: Path, now: datetime) -> LoadReport:
    """Loads every content file. Raises BadContent, with nothing changed, when one is not sound."""
    content = read_folder(folder)
    report = LoadReport()
    problems: list[Problem] = []
    with transaction.atomic():
        for model in content.rows:
            for code, values in content.rows[model].items():
                entry = content.entries.get((model, code))
                load_row(model, code, values, entry, report, problems)  # type: ignore[arg-type]
        for checklist in content.checklists:
            load_checklist(checklist, now, report, problems)
        set_mirrors(content)
        if problems:
            # Leaves the block, so that everything is rolled back.
            raise BadContent(problems)
    return report


def load_row(
    model: type[Coded],
    code: str,
    values: Values,
    entry: Entry | None,
    report: LoadReport,
    problems: list[Problem],
) -> None:
    digest = digest_of(values)
    row = model._default_manager.filter(code=code).first()
    if row is None:
        row = model(code=code)
        write_row(row, values, digest)
        report.say(row, "loaded")
        return
    if row.loaded_digest == digest:
        report.unchanged += 1
        return
    here = coded_values(row)
    if here == values:
        model._default_manager.filter(pk=row.pk).update(loaded_digest=digest)
        report.unchanged += 1
    elif entry and is_kept(row, here, values):
        name = "options" if isinstance(row, Scale) else "text"
        entry.problems = problems
        entry.refuse(name, "changed, but people have been asked with it. Give it a new code.")
    elif row.loaded_digest != digest_of(here):
        report.say(row, EDITED_HERE)
    else:
        write_row(row, values, digest)
        report.say(row, "updated")


def is_kept(row: Coded, here: Values, values: Values) -> bool:
    """Whether the change would touch words that people may have answered."""
    if isinstance(row, Scale):
        asked = ("points", "question_team", "question_self", "question_other")
        return row.is_locked and any(here[name] != values[name] for name in asked)
    if isinstance(row, SingleQuestion):
        return any(here[name] != values[name] for name in ("text", "scale"))
    return False


def write_row(row: Coded, values: Values, digest: str) -> None:
    for name in PLAIN_FIELDS[type(row)]:
        setattr(row, name, values[name])
    if isinstance(row, SingleQuestion):
        row.scale = Scale.objects.filter(code=values["scale"]).first()
    row.loaded_digest = digest
    row.save()
    if isinstance(row, Scale) and not row.is_locked:
        row.points.all().delete()
        ScalePoint.objects.bulk_create(ScalePoint(scale=row, **point) for point in values["points"])


def load_checklist(
    checklist: Checklist, now: datetime, report: LoadReport, problems: list[Problem]
) -> None:
    instrument = load_instrument(checklist, problems)
    values, digest = checklist.edition, digest_of(checklist.edition)
    editions = list(instrument.editions.with_content().order_by("-number"))
    title = values["title"]
    if not editions:
        edition = write_edition(
            instrument=instrument, number=1, values=values, loaded_digest=digest
        )
        publish_edition(edition=edition, actor=None, now=now)
        report.say(title, "edition 1 published")
        return
    last_loaded = next((edition for edition in editions if edition.loaded_digest), None)
    latest = editions[0]
    if (last_loaded and last_loaded.loaded_digest == digest) or edition_values(latest) == values:
        report.unchanged += 1
    elif latest.is_locked:
        write_edition(
            instrument=instrument, number=latest.number + 1, values=values, loaded_digest=digest
        )
        report.say(title, f"the file changed: draft edition {latest.number + 1} made, to publish")
    elif latest.loaded_digest != digest_of(edition_values(latest)):
        report.say(title, f"draft edition {latest.number} was {EDITED_HERE}")
    else:
        number = latest.number
        latest.delete()
        write_edition(instrument=instrument, number=number, values=values, loaded_digest=digest)
        report.say(title, f"the file changed: draft edition {number} updated")


def load_instrument(checklist: Checklist, problems: list[Problem]) -> Instrument:
    values = {name: checklist.instrument[name] for name in ("order", "part", "number")}
    meaning = {name: checklist.instrument[name] for name in ("audience", "level")}
    code = checklist.instrument["code"]
    instrument, is_new = Instrument.objects.get_or_create(code=code, defaults=values | meaning)
    if not is_new:
        refuse_new_meaning(instrument, checklist, problems)
        Instrument.objects.filter(pk=instrument.pk).update(**values)
    return instrument


def refuse_new_meaning(
    instrument: Instrument, checklist: Checklist, problems: list[Problem]
) -> None:
    here = {
        "audience": instrument.audience,
        "level": instrument.level,
        "mirrors": instrument.mirrors and instrument.mirrors.code,
    }
    published = instrument.editions.exclude(state=Edition.State.DRAFT)
    for name, value in here.items():
        if value != checklist.instrument[name] and published.exists():
            checklist.entry.problems = problems
            checklist.entry.refuse(
                name, f"cannot change from {value}: editions were published. Use a new code."
            )


def set_mirrors(content: Content) -> None:
    instruments = {instrument.code: instrument for instrument in Instrument.objects.all()}
    for checklist in content.checklists:
        instrument = instruments[checklist.instrument["code"]]
        mirrored = instruments.get(checklist.instrument["mirrors"])
        Instrument.objects.filter(pk=instrument.pk).update(mirrors=mirrored)
