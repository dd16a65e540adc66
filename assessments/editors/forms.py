"""Fields that editors can use without knowing how content is kept."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from assessments.models.users import User


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 90})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(**kwargs)
        self.help_text = "One a line."

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class StatementFormSet(forms.BaseInlineFormSet):
    """Two statements of one dimension, added together, must not share a code."""

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            code = values.get("code")
            if not code or values.get("DELETE"):
                continue
            if code in seen:
                form.add_error("code", f"{code} stands here twice. Give each its own code.")
            seen.add(code)


class LowerCaseAddress:
    """Addresses are kept in lower case, so that one person has one account."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class NewUserForm(LowerCaseAddress, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class UserForm(LowerCaseAddress, UserChangeForm):
    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser")
