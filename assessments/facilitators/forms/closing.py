"""The typed confirmation before a close."""

from typing import Any

from django import forms

from assessments.facilitators.forms.base import OneLineField, make_helper
from assessments.models.rounds import Round

WORD = "CLOSE"


class CloseForm(forms.Form):
    confirmation = OneLineField(
        label=f"To close the round, type {WORD}",
        max_length=150,
        help_text="The name of the partnership will do too.",
        error_messages={"required": f"Type {WORD} to close the round, or leave it open."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepted = {WORD.casefold(), " ".join(round_.partnership.name.split()).casefold()}
        self.helper = make_helper("confirmation")

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"]
        if typed.casefold() not in self.accepted:
            raise forms.ValidationError(
                f"This does not say {WORD}, so the round is still open. Type {WORD} to close it."
            )
        return typed
