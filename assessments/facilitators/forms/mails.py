"""The words of a message, and the moment of a reminder."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from assessments.facilitators.forms.base import OneLineField, WatchedForm, make_helper
from assessments.facilitators.forms.ends import DateInput, TimeInput
from assessments.services.default_mail_texts import Words
from assessments.services.mail_texts import (
    list_faults,
    list_faults_of_subject,
    list_faults_of_text,
)

USUAL_HOUR = 9


class MailTextForm(WatchedForm):
    subject = OneLineField(
        error_messages={"required": "A message needs a subject."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        help_text="Leave a blank line between paragraphs.",
        error_messages={"required": "Write the message, with {link} where the link is to stand."},
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def __init__(self, *args: Any, words: Words, audience: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audience = audience
        self.initial.update(subject=words.subject, text=words.text)
        self.watch([words.subject, words.text], words=f"It now begins: “{words.text[:80]}…”")
        self.helper = make_helper("seen", "subject", "text")

    def clean_subject(self) -> str:
        subject: str = self.cleaned_data["subject"]
        _refuse(list_faults_of_subject(subject, self.audience))
        return subject

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        _refuse(list_faults_of_text(text, self.audience))
        return text

    def read_words(self) -> Words | None:
        """What is typed, or stored before anybody typed; None where it has to be put right."""
        if self.is_bound:
            return None if {"subject", "text"} & set(self.errors) else self.to_words()
        words = Words(self.initial["subject"], self.initial["text"])
        return None if list_faults(words, self.audience) else words

    def to_words(self) -> Words:
        return Words(self.cleaned_data["subject"], self.cleaned_data["text"])


class ReminderForm(forms.Form):
    """A day and a time; the service knows which make sense."""

    on = forms.DateField(
        label="Day",
        widget=DateInput,
        error_messages={
            "required": "Choose the day of the reminder.",
            "invalid": "Write the day like 2026-10-30.",
        },
    )
    at = forms.TimeField(
        label="Time",
        widget=TimeInput,
        error_messages={
            "required": "Choose the time of the reminder.",
            "invalid": "Write the time like 09:00.",
        },
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        morning = timezone.localtime(now + timedelta(days=1)).replace(hour=USUAL_HOUR, minute=0)
        self.initial.update(on=morning.date(), at=morning.time())
        self.helper = make_helper("on", "at")

    def to_moment(self) -> datetime:
        day, hour = self.cleaned_data["on"], self.cleaned_data["at"]
        return timezone.make_aware(datetime.combine(day, hour))


def _refuse(faults: list[str]) -> None:
    if faults:
        raise forms.ValidationError(faults)
