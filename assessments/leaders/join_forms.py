"""The form for the code of a room or of a slip."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from assessments.services.join_codes import read_join_code
from assessments.services.tickets import find_slip_address

WRONG_CODE = (
    "No room has this code. Look at the screen again; you can also scan the picture beside it."
)
NOT_A_CODE = (
    "This is no code. The code of a room has six letters and numbers, that of a slip twenty."
)


class JoinForm(forms.Form):
    """A code as somebody types it from the screen, or from a slip."""

    code = forms.CharField(
        label="The code",
        max_length=60,
        help_text="Six letters and numbers from the screen, or all that stands on your slip. "
        "Small letters and spaces are fine.",
        error_messages={"required": "Type the code."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    shared_device = forms.BooleanField(
        label="Other people will use this device after me", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not (read_join_code(typed) or find_slip_address(typed)):
            raise forms.ValidationError(NOT_A_CODE)
        return typed
