"""Marking the words of one comment that are taken out."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from assessments.services.redacting import list_words


class RedactForm(forms.Form):
    """A tick box for each word. The page draws all of it; `was` tells of a change meanwhile."""

    was = forms.CharField(widget=forms.HiddenInput)
    places = forms.TypedMultipleChoiceField(
        label="Words to take out",
        coerce=int,
        error_messages={"required": "Mark the words to take out, or leave the comment as it is."},
    )

    def __init__(self, data: QueryDict | None, *, text: str, was: str) -> None:
        super().__init__(data)
        self.lines = list_words(text)
        self.now_shown = was
        words = [word for line in self.lines for word in line if not word.is_gap]
        places = cast(forms.TypedMultipleChoiceField, self.fields["places"])
        places.choices = [(word.place, word.text) for word in words]

    @property
    def marked(self) -> set[str]:
        """What stays ticked when the page comes back; nothing once the text has changed."""
        data: Any = self.data
        is_of_this_text = self.is_bound and data.get("was") == self.now_shown
        return set(data.getlist("places")) if is_of_this_text else set()
