"""Two people at one form: the second is told, sees both versions, and loses nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from html import unescape
from typing import Any, cast

from django import forms
from django.http import QueryDict


@dataclass(frozen=True)
class Newer:
    """A field where what is saved now is not what was typed."""

    label: str
    saved: str
    typed: str


class WatchedForm(forms.Form):
    """A form that notices when somebody else saved the same thing after the page was opened.

    A hidden field carries a digest of what was stored then. Subclasses set
    `initial` to what is stored now and call `watch` with it (nothing for a new
    thing) before they are validated. The view holds a lock meanwhile
    (`one_at_a_time`), so that nobody saves between the comparison and the act.
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
        self.newer: list[Newer] = []

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
        both = [
            Newer(
                label=str(bound.label),
                saved=_say(bound.field, self.get_initial_for_field(bound.field, bound.name)),
                typed=_say(bound.field, self.cleaned_data.get(bound.name, bound.data)),
            )
            for bound in self.visible_fields()
        ]
        self.newer = [one for one in both if one.saved != one.typed]


def _say(field: forms.Field, value: object) -> str:
    """A value in the words of its field."""
    if isinstance(field, forms.BooleanField):
        return "Yes" if value else "No"
    if hasattr(field, "choices"):
        chosen = value if isinstance(value, list | tuple) else [value]
        wanted = {str(getattr(one, "pk", one)) for one in chosen if one not in (None, "")}
        names = [_first_words(label) for key, label in field.choices if str(key) in wanted]
        return ", ".join(names) or "Nothing"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "Nothing" if value in (None, "") else str(value)


def _first_words(label: object) -> str:
    """Of a choice that goes on in small print, what stands before it."""
    return unescape(str(label).split("<")[0]).strip()
