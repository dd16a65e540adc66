"""Setting up a round."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from crispy_forms.layout import HTML
from django import forms

from assessments.facilitators.forms.base import OneLineField, make_helper
from assessments.facilitators.forms.ends import DateInput, EndForm, side_by_side, usual_end
from assessments.facilitators.instrument_words import describe, sum_minutes
from assessments.models.content import Edition
from assessments.models.partnerships import Sector
from assessments.models.rounds import Audience, Round
from assessments.services.round_set_up import ALWAYS, LONGEST_PROBLEM, QUICK_TEST

LARGEST_GROUP = 50
FREE_CHOICES = (
    "ends_at",
    "smallest_group",
    "purpose",
    "session_on",
    "asks_for_comments",
    "asks_candour",
    "asks_foresight",
    "quick_test_problem",
)


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
        error_messages={"invalid_choice": "Choose from the published parts of the checklist."},
    )
    quick_test_problem = OneLineField(
        label="The problem of the quick test, in one line",
        required=False,
        max_length=LONGEST_PROBLEM,
        error_messages={
            "max_length": f"Say it in {LONGEST_PROBLEM} characters or fewer.",
        },
    )
    asks_foresight = forms.BooleanField(
        label="After each factor, ask what most others would say",
        required=False,
        help_text=(
            "One tap more a factor, and nobody has to. It shows how well leaders know what others "
            "think: for the whole only."
        ),
    )
    asks_candour = forms.BooleanField(
        label="At the end, ask how openly people answered",
        required=False,
        help_text=(
            "One question more, with “prefer not to say”. It shows how far you can lean on the "
            "figures: for the whole only."
        ),
    )
    asks_outside = forms.BooleanField(
        label="Ask people outside the leadership for the view from outside", required=False
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
        outside: Edition | None = None,
        large_sectors: Sequence[Sector] | None = None,
        now: datetime,
        round_: Round | None = None,
        **kwargs: Any,
    ) -> None:
        """`large_sectors` are those of the list that contact can name; None without a list."""
        super().__init__(
            *args, now=now, ends_at=round_.ends_at if round_ else usual_end(now), **kwargs
        )
        self.editions = editions
        self.outside = outside
        extra = [edition for edition in editions if edition.instrument.code != ALWAYS]
        also_ask = cast(forms.MultipleChoiceField, self.fields["also_ask"])
        also_ask.choices = [(e.instrument.code, describe(e, large_sectors)) for e in extra]
        also_ask.help_text = sum_minutes(self.always, extra)
        self._explain_problem(extra)
        self._explain_outside()
        stored: list[object] = []
        if round_:
            stored = self._fill(round_)
        self.watch(stored, words="Look at the round to see what they changed.")
        self.helper = make_helper(*self._lay_out())

    @property
    def always(self) -> Edition | None:
        """The edition that every round asks; None before any content is loaded."""
        return next((e for e in self.editions if e.instrument.code == ALWAYS), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asks_test = QUICK_TEST in cleaned.get("also_ask", [])
        if asks_test and cleaned.get("quick_test_problem") == "":
            self.add_error(
                "quick_test_problem", "Name the problem in one line, or leave the quick test out."
            )
        return cleaned

    def chosen_values(self) -> dict[str, Any]:
        """What the services take, from a valid form."""
        wanted = {ALWAYS, *self.cleaned_data["also_ask"]}
        editions = [e for e in self.editions if e.instrument.code in wanted]
        if self.outside and self.cleaned_data.get("asks_outside"):
            editions.append(self.outside)
        return {
            "editions": editions,
            **{name: self.cleaned_data[name] for name in FREE_CHOICES if name in self.cleaned_data},
        }

    def _explain_problem(self, extra: Sequence[Edition]) -> None:
        test = next((e for e in extra if e.instrument.code == QUICK_TEST), None)
        if test is None:
            del self.fields["quick_test_problem"]
            return
        warning = (test.opening_field or {}).get("warning", "")
        self.fields["quick_test_problem"].help_text = (
            f"Only with “{test.title}” It stands above its four questions, and people add no "
            f"words of their own. {warning}"
        )

    def _explain_outside(self) -> None:
        if self.outside is None:
            del self.fields["asks_outside"]
            return
        self.fields["asks_outside"].help_text = (
            f"A short form in plain words, about {self.outside.minutes_typical} minutes, on the "
            "same five factors: for carers, people who use services, front-line staff and those "
            "who speak for others. They stand on the list apart from the leaders, and their "
            "answers are never mixed with those of leaders."
        )

    def _lay_out(self) -> list[Any]:
        questions = ["also_ask", "quick_test_problem", "asks_foresight", "asks_candour"]
        outside = [_heading("The view from outside"), "asks_outside"] if self.outside else []
        return [
            "seen",
            "purpose",
            _heading("What leaders are asked"),
            *(name for name in questions if name in self.fields),
            "asks_for_comments",
            *outside,
            _heading("When, and for how many"),
            side_by_side(),
            "session_on",
            "smallest_group",
        ]

    def _fill(self, round_: Round) -> list[object]:
        asked = list(
            round_.instruments.order_by("order").values_list(
                "audience", "edition__instrument__code"
            )
        )
        leaders = [code for audience, code in asked if audience == Audience.LEADERS]
        values = {
            "also_ask": [code for code in leaders if code != ALWAYS],
            "asks_outside": len(asked) > len(leaders),
            **{name: getattr(round_, name) for name in FREE_CHOICES if name != "ends_at"},
        }
        self.initial.update(values)
        return [*values.values(), round_.ends_at, round_.state]


def _heading(words: str) -> HTML:
    return HTML(f'<h2 class="h3 rule-top mt-5">{words}</h2>')
