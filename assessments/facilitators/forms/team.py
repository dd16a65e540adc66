"""Inviting somebody to a role, changing a role, and accepting an invitation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from assessments.facilitators.forms.base import OneLineField, make_helper
from assessments.models.partnerships import AccessInvitation, Facilitation
from assessments.models.users import User

Role = Facilitation.Role
WORDS = [
    (Role.VIEWER, "Viewer: sees results once they are shared"),
    (Role.FACILITATOR, "Facilitator: sets up and closes rounds, sees results after the close"),
    (Role.OWNER, "Owner: as a facilitator, and decides who is on the team"),
]


def role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role",
        choices=WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The person signs in with this address.",
        error_messages={"required": "Give the address to which the invitation goes."},
    )
    role = role_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = make_helper("email", "role")


class RoleForm(forms.Form):
    """`was` is the role that the page showed, so that nobody overwrites what they have not seen."""

    role = role_field()
    was = forms.ChoiceField(choices=Role.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, facilitation: Facilitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(role=facilitation.role, was=facilitation.role)
        self.helper = make_helper("was", "role")


class NewAccountForm(forms.Form):
    name = OneLineField(
        label="Your name",
        max_length=150,
        help_text="As leaders will read it: they see who runs a round.",
        error_messages={"required": "Give your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="A password",
        strip=False,
        help_text="At least twelve characters, such as three or four words together.",
        error_messages={"required": "Choose a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The password once more",
        strip=False,
        error_messages={"required": "Type the password once more."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: AccessInvitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.helper = make_helper("name", "password", "again")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", "This is not the same as above. Type both again.")
        if password:
            self._check_strength(password, cleaned.get("name", ""))
        return cleaned

    def _check_strength(self, password: str, name: str) -> None:
        try:
            validate_password(password, User(email=self.invitation.email, name=name))
        except forms.ValidationError as problem:
            self.add_error("password", problem)
