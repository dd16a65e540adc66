"""Writing content: editions are begun, published and retired here, and nowhere else."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.models.content import Dimension, Edition, Instrument, Statement
from assessments.models.guide import CaseStudy
from assessments.models.scales import Scale
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.content_reading import MOST_WORDS
from assessments.services.content_values import PLAIN_FIELDS, Values, edition_values
from assessments.services.refusals import Refused


class EditionRefused(Refused):
    """An edition cannot be published yet; `reasons` lists every one."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@transaction.atomic
def start_next_edition(*, instrument: Instrument, actor: User | None, now: datetime) -> Edition:
    """A draft with every word and code of the latest edition. Raises Refused when one is begun."""
    _lock(instrument)
    latest = instrument.editions.with_content().order_by("-number").first()
    if latest is None:
        raise Refused("This checklist has no edition yet. Load its file first.")
    if not latest.is_locked:
        raise Refused(f"Edition {latest.number} is a draft already. Edit or publish that one.")
    values = edition_values(latest)
    for dimension in values["dimensions"]:
        for statement in dimension["statements"]:
            statement["is_comparable"] = True
    draft = write_edition(instrument=instrument, number=latest.number + 1, values=values)
    _record("edition started", draft, actor, now)
    return draft


@transaction.atomic
def publish_edition(*, edition: Edition, actor: User | None, now: datetime) -> Edition:
    """Rounds made from now on use it; the edition before is retired and stays readable.

    Raises EditionRefused with every reason when the draft is not ready.
    """
    _lock(edition.instrument)
    draft = Edition.objects.with_content().get(pk=edition.pk)
    reasons = check_edition(draft)
    if reasons:
        raise EditionRefused(reasons)
    draft.instrument.editions.published().update(state=Edition.State.RETIRED)
    draft.state = Edition.State.PUBLISHED
    draft.published_on = timezone.localdate(now)
    draft.save(update_fields=["state", "published_on"])
    _record("edition published", draft, actor, now)
    return draft


def check_edition(edition: Edition) -> list[str]:
    """Why the edition cannot be published, a sentence each; empty when it can."""
    if edition.is_locked:
        return ["This edition has been published already."]
    dimensions = list(edition.dimensions.all())
    reasons = [reason for dimension in dimensions for reason in _check_dimension(dimension)]
    if not dimensions and not edition.generated_items:
        reasons.append("It has no statements.")
    if edition.second_scale_id == edition.scale_id:
        reasons.append("Both scales are the same. Leave the second one empty.")
    reversed_counts = {
        sum(statement.reverse for statement in dimension.statements.all())
        for dimension in dimensions
        if not dimension.is_overall
    }
    if len(reversed_counts) > 1:
        reasons.append(
            "Some dimensions have more reversed statements than others. Give every dimension "
            "the same number, so that people who tend to agree shift all of them alike."
        )
    return reasons + _check_mirror(edition, [dimension.code for dimension in dimensions])


def _check_dimension(dimension: Dimension) -> list[str]:
    statements = list(dimension.statements.all())
    if not statements:
        return [f"{dimension.name} has no statements."]
    return [
        f"{statement.code} has {words} words; {MOST_WORDS} is the most that people read well."
        for statement in statements
        for words in [len(statement.text.split())]
        if words > MOST_WORDS
    ]


def _check_mirror(edition: Edition, codes: list[str]) -> list[str]:
    """The view from outside is drawn on the radar of the leaders' view."""
    mirrored = edition.instrument.mirrors
    if mirrored is None:
        return []
    published = mirrored.editions.published().first()
    if published is None:
        return []
    theirs = list(published.dimensions.values_list("code", flat=True))
    if theirs != codes:
        return [f"Its dimensions need the codes of {published}: {', '.join(theirs)}."]
    return []


def write_edition(
    *, instrument: Instrument, number: int, values: Values, loaded_digest: str = ""
) -> Edition:
    """A new draft from plain values. Call inside `transaction.atomic`."""
    scales = {scale.code: scale for scale in Scale.objects.all()}
    studies = {study.code: study for study in CaseStudy.objects.all()}
    edition = Edition.objects.create(
        instrument=instrument,
        number=number,
        scale=scales[values["scale"]],
        second_scale=scales.get(values["second_scale"]),
        loaded_digest=loaded_digest,
        **_plain(Edition, values),
    )
    statements = []
    for part in values["dimensions"]:
        dimension = Dimension.objects.create(
            edition=edition,
            case_study=studies.get(part["case_study"]),
            **_plain(Dimension, part),
        )
        statements += [
            Statement(
                edition=edition,
                dimension=dimension,
                scale=scales.get(statement["scale"]),
                **_plain(Statement, statement),
            )
            for statement in part["statements"]
        ]
    Statement.objects.bulk_create(statements)
    return edition


def _plain(model: Any, values: Values) -> Values:
    return {name: values[name] for name in PLAIN_FIELDS[model]}


def _lock(instrument: Instrument) -> None:
    """Two editors at once must not begin or publish two editions."""
    Instrument.objects.select_for_update().get(pk=instrument.pk)


def _record(action: str, edition: Edition, actor: User | None, now: datetime) -> None:
    detail = {"instrument": edition.instrument.code, "edition": edition.number}
    record_event(actor=actor, action=action, now=now, detail=detail)
