"""Marking the words of one comment that are taken out."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms

from assessments.facilitators.forms.base import make_helper
from assessments.services.redacting import list_words


class RedactForm(forms.Form):
    """A tick box for each word. The page draws all of it; `was` tells of a change meanwhile."""

    was = forms.CharField(widget=forms.HiddenInput)
    places = forms.TypedMultipleChoiceField(
        label="Words to take out",
        coerce=int,
        error_messages={"required": "Mark the words to take out, or leave the comment as it is."},
    )

    def __init__(self, *args: Any, text: str, was: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"was": was}, **kwargs)
        self.lines = list_words(text)
        words = [word for line in self.lines for word in line if not word.is_gap]
        self.fields["places"].choices = [(word.place, word.text) for word in words]
        self.now_shown = was
        self.helper = make_helper(HTML(""))

    @property
    def marked(self) -> set[str]:
        """What stays ticked when the page comes back; nothing once the text has changed."""
        is_of_this_text = self.is_bound and self.data.get("was") == self.now_shown
        return set(self.data.getlist("places")) if is_of_this_text else set()
