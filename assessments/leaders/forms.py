"""Forms of the leaders' room."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from assessments.models.partnerships import Organisation
from assessments.models.rounds import RoleLevel
from assessments.services.answering.seats import Seat

NONE = "none"
CHOOSE = ("", "Choose one")


class ConfirmForm(forms.Form):
    """Organisation, role, and whether the person helps to run the round.

    Only the last for people without a name or outside the leadership: they are
    counted in no group that they could choose.
    """

    organisation = forms.ChoiceField(
        label="Your organisation",
        error_messages={"required": "Choose your organisation, or “None of these”."},
    )
    role_level = forms.ChoiceField(
        label="Your role", error_messages={"required": "Choose the role that fits best."}
    )
    helps_to_run = forms.TypedChoiceField(
        label="Do you help to run this round?",
        choices=[("no", "No"), ("yes", "Yes, I help to set it up, to invite people or to report")],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
        help_text=(
            "Your answers count either way. People who help to run it are left out when we "
            "check that a group is large enough to be shown."
        ),
        error_messages={"required": "Say yes or no."},
    )

    def __init__(
        self, *args: Any, seat: Seat, organisations: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.pk): one for one in organisations}
        if seat.confirms_groups:
            self._offer_organisations(seat)
            self._offer_roles(seat)
        else:
            del self.fields["organisation"], self.fields["role_level"]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.form_show_errors = True

    @property
    def chosen_organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data.get("organisation", ""))

    def _offer_organisations(self, seat: Seat) -> None:
        sectors: dict[str, list[tuple[str, str]]] = {}
        for key, one in self.organisations.items():
            sectors.setdefault(one.sector.name, []).append((key, one.name))
        known = str(seat.organisation.pk) if seat.organisation else ""
        field = self.fields["organisation"]
        field.initial = known
        field.choices = [  # type: ignore[attr-defined]
            *([] if known else [CHOOSE]),
            *sectors.items(),
            (NONE, "None of these"),
        ]

    def _offer_roles(self, seat: Seat) -> None:
        field = self.fields["role_level"]
        field.initial = seat.role_level
        field.choices = [  # type: ignore[attr-defined]
            *([] if seat.role_level else [CHOOSE]),
            *RoleLevel.choices,
        ]


class CodeForm(forms.Form):
    """A return code as somebody types it; the service knows its spellings."""

    code = forms.CharField(
        label="Your return code",
        max_length=60,
        help_text="Sixteen letters and numbers. Small letters and spaces are fine.",
        error_messages={"required": "Type your return code."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
