"""Files that are one document: kept as they are, with what the pages need checked."""

from collections.abc import Callable
from dataclasses import dataclass

from assessments.services.content_files import Entry
from assessments.services.content_reading import refuse_repeated


def need_names(*names: str) -> Callable[[Entry], None]:
    def check(entry: Entry) -> None:
        for name in names:
            if name not in entry.names():
                entry.refuse(name, "is missing.")

    return check


def check_model_picture(entry: Entry) -> None:
    for name in ("title", "after", "alt_text"):
        entry.text(name, required=True)
    layers = entry.entries("layers")
    for layer in layers:
        layer.number("order", smallest=1)
        layer.number("count", smallest=1)
        layer.text("name", required=True)
        layer.text("asks", required=True)
    if not layers:
        entry.refuse("layers", "is missing: the picture needs layers.")


def check_attribution(entry: Entry) -> None:
    entry.text("short_credit_for_footer", required=True)
    if not entry.texts("rules"):
        entry.refuse("rules", "is missing.")


def read_seed_ids(entry: Entry) -> frozenset[str]:
    ids = [row.text("id", required=True) for row in entry.entries("rows")]
    refuse_repeated(entry.entries("rows"), ids, "id")
    return frozenset(ids)


@dataclass(frozen=True)
class DocumentKind:
    """`check` notes what a page would miss; None where the file is a plain list of texts."""

    title: str
    check: Callable[[Entry], object] | None


DOCUMENTS = {
    "about": DocumentKind("About this content", check=need_names("title", "conventions")),
    "model_picture": DocumentKind("The nested picture", check=check_model_picture),
    "facilitation": DocumentKind("Running the session", check=need_names("outline", "guidance")),
    "scoring": DocumentKind(
        "How answers become figures", check=need_names("min_answered", "minimum_group", "bands")
    ),
    "timing": DocumentKind("How long it takes", check=need_names("per_instrument_minutes")),
    "writing_rules": DocumentKind("How a statement is written", check=None),
    "attribution": DocumentKind("Whom we owe what", check=check_attribution),
    "seed_coverage": DocumentKind("What is covered where", check=read_seed_ids),
}
