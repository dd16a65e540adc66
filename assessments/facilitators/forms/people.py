"""One person of the list."""

from typing import Any, cast

from django import forms

from assessments.facilitators.forms.base import OneLineField, make_helper
from assessments.facilitators.forms.unchanged import WatchedForm
from assessments.models.partnerships import Organisation, Partnership
from assessments.models.rounds import Audience, Participant, RoleLevel
from assessments.services.new_people import EMAIL_LENGTH, NAME_LENGTH, NewPerson


class PersonForm(WatchedForm):
    """`audience` says on which part of the list the person stands, and is never changed."""

    name = OneLineField(
        label="Name",
        max_length=NAME_LENGTH,
        error_messages={"required": "Give the name of the person."},
    )
    email = forms.EmailField(
        label="E-mail address (if you have it)",
        required=False,
        max_length=EMAIL_LENGTH,
        help_text="Without one you pass their link on yourself.",
        error_messages={"invalid": "This is not a whole e-mail address. Correct or empty it."},
    )
    organisation = forms.ModelChoiceField(
        label="Organisation",
        required=False,
        queryset=Organisation.objects.none(),
        empty_label="None, or not known",
        help_text="They are asked to confirm it when they start.",
        error_messages={"invalid_choice": "That organisation is no longer here. Choose another."},
    )
    role_level = forms.ChoiceField(
        label="Role",
        required=False,
        choices=[("", "Not known"), *RoleLevel.choices],
        help_text="They are asked to confirm it when they start.",
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        audience: str = Audience.LEADERS,
        participant: Participant | None = None,
        are_labels_fixed: bool = False,
        **kwargs: Any,
    ) -> None:
        """`are_labels_fixed` keeps organisation and role as they are, and out of sight."""
        super().__init__(*args, **kwargs)
        self.audience = participant.audience if participant else audience
        organisation = cast(forms.ModelChoiceField, self.fields["organisation"])
        organisation.queryset = partnership.organisations.order_by("name")
        stored: list[object] = []
        words = ""
        if participant:
            values = {
                "name": participant.name,
                "email": participant.email,
                "organisation": participant.organisation_id,
                "role_level": participant.role_level,
            }
            self.initial.update(values)
            stored = list(values.values())
            words = f"The list now says: {participant.name}, {participant.email or 'no address'}."
        if are_labels_fixed:
            organisation.widget = forms.HiddenInput()
            self.fields["role_level"].widget = forms.HiddenInput()
        if self.audience == Audience.OUTSIDE:
            del self.fields["organisation"], self.fields["role_level"]
        self.watch(stored, words=words)
        self.helper = make_helper(*self.fields)

    def to_person(self) -> NewPerson:
        """People outside the leadership have no organisation and no role."""
        return NewPerson(
            name=self.cleaned_data["name"],
            email=self.cleaned_data["email"],
            organisation=self.cleaned_data.get("organisation"),
            role_level=self.cleaned_data.get("role_level", ""),
            audience=self.audience,
        )
