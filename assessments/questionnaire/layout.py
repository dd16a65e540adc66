"""The crispy layout of a questionnaire: one lean template a statement, one for the comment."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django.forms import BaseForm
from django.template.loader import render_to_string

from assessments.questionnaire.asked import AskedItem

COMMENT_LENGTH = 2000


class StatementRow(LayoutObject):
    """A fieldset of native radios with their words. `shows_question` puts the scale's
    question into the legend, where statements of one page are rated in different ways."""

    template = "questionnaire/_statement.html"

    def __init__(self, item: AskedItem, *, shows_question: bool) -> None:
        self.item = item
        self.shows_question = shows_question

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> str:
        name, was = f"q{self.item.id}", f"was{self.item.id}"
        form.rendered_fields |= {name, was}  # type: ignore[attr-defined]
        chosen = form[name].value()
        words = {
            "item": self.item,
            "name": name,
            "was": form[was],
            "chosen": "" if chosen is None else str(chosen),
            "errors": form.errors.get(name),
            "shows_question": self.shows_question,
        }
        return render_to_string(self.template, words)


class CommentFold(LayoutObject):
    """The one folded comment of a dimension; open once something is written."""

    template = "questionnaire/_comment.html"

    def __init__(self, dimension_name: str, note: str) -> None:
        self.dimension_name = dimension_name
        self.note = note

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> str:
        form.rendered_fields |= {"comment", "comment-was"}  # type: ignore[attr-defined]
        words = {
            "field": form["comment"],
            "was": form["comment-was"],
            "dimension_name": self.dimension_name,
            "note": self.note,
            "length": COMMENT_LENGTH,
        }
        return render_to_string(self.template, words)
