"""What the forms of this room share: their layout, refusals, and text of one line."""

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from assessments.facilitators.forms.unchanged import WatchedForm as WatchedForm
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
