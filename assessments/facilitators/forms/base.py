"""What the forms of this room share: their layout, refusals, and two people at one form."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict

from assessments.services.refusals import Refused


def make_helper(*fields: Any) -> FormHelper:
    """Fields only: the page brings the form tag, the error summary and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_show_errors = True
    helper.layout = Layout(*fields)
    return helper


def attempt(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Does the act; what a service refuses becomes an error of the form: nothing typed is lost."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


class OneLineField(forms.CharField):
    """Text of one line: line breaks and runs of blanks become single blanks."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class WatchedForm(forms.Form):
    """A form that notices when somebody else saved the same thing after the page was opened.

    A hidden field carries a digest of what was stored then. Subclasses call
    `watch` with what is stored now (nothing for a new thing), before they are
    validated.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def watch(self, stored: Iterable[object], *, words: str) -> None:
        """`words` tells in a sentence what is stored now, for the person who comes second."""
        values = ["" if value is None else str(value) for value in stored]
        text = "\x1f".join(values)
        self.is_new = not values
        self.stored_digest = hashlib.sha256(text.encode()).hexdigest()
        self.stored_words = words
        self.initial["seen"] = self.stored_digest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_new and cleaned.get("seen") != self.stored_digest:
            self._show_newer()
            raise forms.ValidationError(
                f"Somebody saved this after you opened the page. {self.stored_words} What you "
                "typed is still here: save again to put it in place of theirs."
            )
        return cleaned

    def _show_newer(self) -> None:
        """The next save is then a decision and no accident."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = self.stored_digest
        self.data = data
