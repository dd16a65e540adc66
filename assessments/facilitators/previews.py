"""A round as those who answer will see it, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assessments.models.rounds import Audience, Round
from assessments.questionnaire.asked import read_asked
from assessments.questionnaire.drafts import ask_draft
from assessments.questionnaire.forms import DimensionForm
from assessments.questionnaire.values import AskedDimension, AskedInstrument
from assessments.results.words import join_words
from assessments.services.promise_words import COMMENT_NOTE
from assessments.services.promises import Promise, read_sample_promise
from assessments.services.round_items import list_items


@dataclass(frozen=True)
class PreviewPage:
    """One page of the questionnaire, and where it stands among all of them."""

    instrument: AskedInstrument
    dimension: AskedDimension
    number: int


@dataclass(frozen=True)
class Preview:
    """Everything that one audience will see."""

    audience: str
    promise: Promise
    pages: tuple[PreviewPage, ...]

    def find(self, number: int) -> PreviewPage | None:
        return self.pages[number - 1] if 1 <= number <= len(self.pages) else None


def read_preview(round_: Round, audience: str, now: datetime) -> Preview:
    """Of a draft what opening would ask; otherwise what was frozen then."""
    asked = (
        ask_draft(round_, list_items(round_), audience)
        if round_.is_draft
        else read_asked(round_, audience)
    )
    return Preview(
        audience=Audience(audience),
        promise=read_sample_promise(round_, audience, now),
        pages=tuple(_number_pages(asked)),
    )


def make_form(preview: Preview, page: PreviewPage) -> DimensionForm:
    """The form that leaders get; nothing that is chosen in it is ever sent."""
    takes_comment = preview.promise.takes_comments and page.dimension.takes_comments
    return DimensionForm(
        dimension=page.dimension,
        comment_note=_say_who_reads(preview.promise) if takes_comment else "",
    )


def _number_pages(asked: tuple[AskedInstrument, ...]) -> Iterator[PreviewPage]:
    pairs = [(instrument, page) for instrument in asked for page in instrument.pages]
    for number, (instrument, page) in enumerate(pairs, start=1):
        yield PreviewPage(instrument=instrument, dimension=page, number=number)


def _say_who_reads(promise: Promise) -> str:
    return COMMENT_NOTE.format(
        readers=join_words(promise.readers), least=promise.terms.comments_group
    )
