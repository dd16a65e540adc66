"""Setting up a round, and moving its end."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone

from assessments.facilitators.forms.base import WatchedForm, make_helper
from assessments.models.content import Edition
from assessments.models.rounds import Round
from assessments.services.round_set_up import ALWAYS

USUAL_DAYS = 14
USUAL_HOUR = time(17, 0)
LONGEST_DAYS = 366
LARGEST_GROUP = 50


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
        self.helper = make_helper(
            "seen", Div("ends_on", "ends_time", css_class="d-flex flex-wrap column-gap-4")
        )

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


class RoundForm(EndForm):
    purpose = forms.CharField(
        label="Why you ask (if you like)",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences in your own words. Leaders read them first.",
    )
    also_ask = forms.MultipleChoiceField(
        label="What else to ask",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="People can answer the five factors and leave the rest out.",
        error_messages={"invalid_choice": "Choose from the published parts of the checklist."},
    )
    smallest_group = forms.IntegerField(
        label="Smallest group",
        min_value=Round.SMALLEST_GROUP,
        max_value=LARGEST_GROUP,
        initial=Round.SMALLEST_GROUP,
        help_text=(
            "No figure is shown for fewer people than this. You can raise it above "
            f"{Round.SMALLEST_GROUP}, never lower it, and it is fixed once the round opens."
        ),
        error_messages={
            "required": f"Give a number; {Round.SMALLEST_GROUP} is usual.",
            "min_value": "It is never under %(limit_value)s, as fewer people could be told apart.",
            "max_value": "With more than %(limit_value)s hardly anything could be shown.",
            "invalid": "Write a whole number, such as 5.",
        },
    )
    session_on = forms.DateField(
        label="Day of the conversation (if you know it)",
        required=False,
        widget=DateInput,
        help_text="When you look at the results together.",
        error_messages={"invalid": "Write the day like 2026-11-12."},
    )
    asks_for_comments = forms.BooleanField(
        label="Ask for comments in their own words",
        required=False,
        initial=True,
        help_text=(
            "They are used only when ten or more people have answered. You read them first and "
            "release them one by one."
        ),
    )

    def __init__(
        self,
        *args: Any,
        editions: Sequence[Edition],
        now: datetime,
        round_: Round | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            *args, now=now, ends_at=round_.ends_at if round_ else usual_end(now), **kwargs
        )
        self.editions = editions
        extra = [edition for edition in editions if edition.instrument.code != ALWAYS]
        also_ask = cast(forms.MultipleChoiceField, self.fields["also_ask"])
        also_ask.choices = [(e.instrument.code, describe(e)) for e in extra]
        stored: list[object] = []
        if round_:
            stored = self._fill(round_)
        self.watch(stored, words="Look at the round to see what they changed.")
        self.helper = make_helper(
            "seen",
            "purpose",
            "also_ask",
            Div("ends_on", "ends_time", css_class="d-flex flex-wrap column-gap-4"),
            "session_on",
            "smallest_group",
            "asks_for_comments",
        )

    @property
    def always(self) -> Edition | None:
        """The edition that every round asks; None before any content is loaded."""
        return next((e for e in self.editions if e.instrument.code == ALWAYS), None)

    def chosen_values(self) -> dict[str, Any]:
        """What the services take, from a valid form."""
        wanted = {ALWAYS, *self.cleaned_data["also_ask"]}
        return {
            "editions": [e for e in self.editions if e.instrument.code in wanted],
            **{
                name: self.cleaned_data[name]
                for name in (
                    "ends_at",
                    "smallest_group",
                    "purpose",
                    "session_on",
                    "asks_for_comments",
                )
            },
        }

    def _fill(self, round_: Round) -> list[object]:
        asked = round_.instruments.order_by("order").values_list(
            "edition__instrument__code", flat=True
        )
        values = {
            "purpose": round_.purpose,
            "also_ask": [code for code in asked if code != ALWAYS],
            "smallest_group": round_.smallest_group,
            "session_on": round_.session_on,
            "asks_for_comments": round_.asks_for_comments,
        }
        self.initial.update(values)
        return [*values.values(), round_.ends_at, round_.state]


def describe(edition: Edition) -> str:
    return f"{edition.title}, about {edition.minutes_typical} minutes"


def usual_end(now: datetime) -> datetime:
    """Two weeks ahead at 17:00, by the clock on the wall."""
    day = timezone.localtime(now).date() + timedelta(days=USUAL_DAYS)
    return timezone.make_aware(datetime.combine(day, USUAL_HOUR))
