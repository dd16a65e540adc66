"""The form of one dimension: a choice for each item, and one comment."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms

from assessments.questionnaire.layout import (
    COMMENT_LENGTH,
    AsideRow,
    CommentFold,
    StatementRow,
)
from assessments.questionnaire.values import AskedDimension, AskedItem

COMMENT = "comment"
COMMENT_WAS = "comment-was"
LONGEST_WAS = 200
NOT_OFFERED = "Choose one of the answers offered."


@dataclass(frozen=True)
class Stored:
    """A saved answer or comment: what it says, and which revision it is."""

    value: int | str
    revision: int


@dataclass(frozen=True)
class Shown:
    """What a page had shown when somebody answered on it: a revision, and the mark of its words.

    Revision 0 is nothing saved. The mark tells an answer that was given from
    one that only came along with the page. A page that shows nothing of what is
    saved has neither, but a `token` that only the server can read.
    """

    revision: int = 0
    mark: str = ""
    token: str = ""

    def was(self, value: int | str) -> bool:
        return self.revision > 0 and self.mark == mark_of(value)


@dataclass(frozen=True)
class Chosen:
    """What came back for one item."""

    item: AskedItem
    value: int
    shown: Shown

    @property
    def is_new(self) -> bool:
        return not self.shown.was(self.value)


class AnswerField(forms.Field):
    """One of the answers that an item offers, or none. Lean, as a page holds many."""

    def __init__(self, *, item: AskedItem, initial: int | str | None) -> None:
        super().__init__(label=item.text, required=False, initial=initial)
        self.item = item

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        offered = {str(point.value): point.value for point in self.item.scale.offered}
        if value not in offered:
            raise forms.ValidationError(NOT_OFFERED, code="invalid_choice")
        return offered[value]


class DimensionForm(forms.Form):
    """One dimension of an instrument. No statement is required.

    `stored` holds the saved answers by item id; leave it out and nothing is
    filled in, and `tokens` stand for what is saved. `comment_note` says who
    will read the comment; without it none is asked for.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        dimension: AskedDimension,
        stored: Mapping[int, Stored] | None = None,
        comment: Stored | None = None,
        comment_note: str = "",
        tokens: Mapping[int, str] | None = None,
        comment_token: str = "",
    ) -> None:
        super().__init__(data)
        self.dimension = dimension
        self.stored = stored or {}
        for item in dimension.all_items:
            shown = write_shown(self.stored.get(item.id)) or (tokens or {}).get(item.id, "")
            self._add_item(item, self.stored.get(item.id), shown)
        if comment_note:
            self._add_comment(comment, write_shown(comment) or comment_token)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.template = "questionnaire/form.html"
        self.helper.layout = Layout(*_lay_out(dimension, comment_note))

    def list_chosen(self) -> list[Chosen]:
        """The valid choices that were made, in the order of the page."""
        return [
            Chosen(item, value, read_shown(self.cleaned_data.get(was_of(item))))
            for item in self.dimension.all_items
            if (value := self.cleaned_data.get(name_of(item))) is not None
        ]

    @property
    def comment(self) -> str:
        return self.cleaned_data.get(COMMENT, "")

    @property
    def comment_was(self) -> Shown:
        return read_shown(self.cleaned_data.get(COMMENT_WAS))

    def _add_item(self, item: AskedItem, stored: Stored | None, shown: str) -> None:
        self.fields[name_of(item)] = AnswerField(
            item=item, initial=stored.value if stored else None
        )
        self.fields[was_of(item)] = _make_was(shown)

    def _add_comment(self, comment: Stored | None, shown: str) -> None:
        too_long = f"A comment can have {COMMENT_LENGTH} characters. Please shorten it."
        self.fields[COMMENT] = forms.CharField(
            label="What would help most here?",
            required=False,
            max_length=COMMENT_LENGTH,
            strip=True,
            initial=comment.value if comment else "",
            error_messages={"max_length": too_long},
        )
        self.fields[COMMENT_WAS] = _make_was(shown)


def _make_was(shown: str) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=LONGEST_WAS, widget=forms.HiddenInput, initial=shown
    )


def _lay_out(dimension: AskedDimension, comment_note: str) -> Iterator[LayoutObject]:
    shows_question = not dimension.question
    for item in dimension.items:
        yield StatementRow(item, shows_question=shows_question, is_in_table=dimension.is_table)
    for item in dimension.asides:
        yield AsideRow(item, is_alone=not dimension.items)
    if comment_note:
        yield CommentFold(dimension.name, comment_note)


def name_of(item: AskedItem) -> str:
    return f"q{item.id}"


def was_of(item: AskedItem) -> str:
    return f"was{item.id}"


def write_shown(stored: Stored | None) -> str:
    """What a hidden field says of a saved answer or comment; empty for none."""
    return f"{stored.revision}:{mark_of(stored.value)}" if stored else ""


def read_shown(text: str | None) -> Shown:
    """What such a field said: a revision and its mark, or else a token."""
    text = text or ""
    revision, colon, mark = text.partition(":")
    if not colon:
        return Shown(token=text)
    if not (revision.isascii() and revision.isdigit() and len(revision) < 10):
        return Shown()
    return Shown(int(revision), mark)


def mark_of(value: int | str) -> str:
    """The value of an answer, or a short digest of a text."""
    if isinstance(value, int):
        return str(value)
    plain = value.replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
