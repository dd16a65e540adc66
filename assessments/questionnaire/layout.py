"""The crispy layout of a questionnaire: a row a statement, one for what stands beside them, and
the comment."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django.forms import BaseForm
from django.utils.safestring import SafeString

from assessments.questionnaire.drawing import (
    draw_aside_legend,
    draw_comment,
    draw_fieldset,
    draw_legend,
)
from assessments.questionnaire.values import AskedItem

COMMENT_LENGTH = 2000
GUESS_NOTE = "Optional: a guess about the others, not about you. It does not change the figures."


class StatementRow(LayoutObject):
    """A fieldset of native radios with their words. `shows_question` puts the scale's
    question into the legend, where statements of one page are rated in different ways."""

    def __init__(self, item: AskedItem, *, shows_question: bool, is_in_table: bool = False) -> None:
        self.item = item
        self.shows_question = shows_question
        self.is_in_table = is_in_table

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> str:
        return draw_fieldset(
            self.item,
            legend=draw_legend(self.item, shows_question=self.shows_question),
            classes=self._classes(),
            **_values_of(form, self.item),
        )

    def _classes(self) -> str:
        if self.item.is_second_rating:
            return "st border-0 pt-0"
        return "st in-table" if self.is_in_table else "st"


class AsideRow(LayoutObject):
    """A question beside the statements: set apart, and never counted as left out."""

    def __init__(self, item: AskedItem, *, is_alone: bool) -> None:
        self.item = item
        self.is_alone = is_alone

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> str:
        return draw_fieldset(
            self.item,
            legend=draw_aside_legend(self.item, "" if self.is_alone else GUESS_NOTE),
            classes="st" if self.is_alone else "st aside",
            is_aside=True,
            **_values_of(form, self.item),
        )


class CommentFold(LayoutObject):
    """The one folded comment of a dimension; open once something is written."""

    def __init__(self, dimension_name: str, note: str) -> None:
        self.dimension_name = dimension_name
        self.note = note

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> SafeString:
        form.rendered_fields |= {"comment", "comment-was"}  # type: ignore[attr-defined]
        return draw_comment(
            label=str(form.fields["comment"].label),
            about=self.dimension_name,
            note=self.note,
            length=COMMENT_LENGTH,
            text=form["comment"].value() or "",
            was=form["comment-was"].value() or "",
            errors=[str(one) for one in form.errors.get("comment", [])] if form.is_bound else [],
        )


def _values_of(form: BaseForm, item: AskedItem) -> dict[str, Any]:
    """What is chosen and what was shown, of an item's two fields."""
    name, was = f"q{item.id}", f"was{item.id}"
    form.rendered_fields |= {name, was}  # type: ignore[attr-defined]
    chosen = form[name].value()
    return {
        "name": name,
        "chosen": "" if chosen is None else str(chosen),
        "was": form[was].value() or "",
        "errors": form.errors.get(name, ()) if form.is_bound else (),
    }
