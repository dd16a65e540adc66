"""A day and a time: when a round closes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone

from assessments.facilitators.forms.base import make_helper
from assessments.facilitators.forms.unchanged import WatchedForm

USUAL_DAYS = 14
USUAL_HOUR = time(17, 0)
LONGEST_DAYS = 366


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class EndForm(WatchedForm):
    """A day and a time, together the moment at which a round closes."""

    ends_on = forms.DateField(
        label="Closes on",
        widget=DateInput,
        error_messages={
            "required": "Choose the day on which the round closes.",
            "invalid": "Write the day like 2026-10-30.",
        },
    )
    ends_time = forms.TimeField(
        label="At",
        widget=TimeInput,
        error_messages={
            "required": "Choose the time at which the round closes.",
            "invalid": "Write the time like 17:00.",
        },
    )

    def __init__(self, *args: Any, now: datetime, ends_at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = now
        local = timezone.localtime(ends_at)
        self.initial.update(ends_on=local.date(), ends_time=local.time())
        self.watch([ends_at], words=f"It now closes on {local:%-d %B %Y at %H:%M}.")
        self.helper = make_helper("seen", side_by_side())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, hour = cleaned.get("ends_on"), cleaned.get("ends_time")
        if day and hour:
            cleaned["ends_at"] = self._check_end(day, hour)
        return cleaned

    def _check_end(self, day: date, hour: time) -> datetime | None:
        ends_at = timezone.make_aware(datetime.combine(day, hour))
        if ends_at <= self.moment:
            self.add_error("ends_on", "Choose a day and time that are still to come.")
        elif ends_at > self.moment + timedelta(days=LONGEST_DAYS):
            self.add_error("ends_on", "Choose a day within the next year.")
        return ends_at


def usual_end(now: datetime) -> datetime:
    """Two weeks ahead at 17:00, by the clock on the wall."""
    day = timezone.localtime(now).date() + timedelta(days=USUAL_DAYS)
    return timezone.make_aware(datetime.combine(day, USUAL_HOUR))


def side_by_side() -> Div:
    return Div("ends_on", "ends_time", css_class="d-flex flex-wrap column-gap-4")
