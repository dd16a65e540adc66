"""Forms for people without a name: slips, and the people in a room."""

from typing import Any

from django import forms

from assessments.facilitators.forms.base import make_helper
from assessments.facilitators.slips import Group
from assessments.models.rounds import Audience
from assessments.services.join_codes import MOST_PEOPLE
from assessments.services.tickets import MOST_AT_ONCE


class SlipsForm(forms.Form):
    """How many slips, and for whom."""

    number = forms.IntegerField(
        label="How many slips",
        min_value=1,
        max_value=MOST_AT_ONCE,
        help_text=f"Between 1 and {MOST_AT_ONCE} at once. Eight fit on a page.",
        error_messages={
            "required": "Type how many slips you need.",
            "invalid": "Type a whole number.",
            "min_value": "Make at least one slip.",
            "max_value": f"Make at most {MOST_AT_ONCE} at once. You can make more afterwards.",
        },
    )
    group = forms.ChoiceField(
        label="For whom",
        help_text=(
            "Whoever answers by the slip is counted there, and cannot change it. Slips count "
            "in figures, but not towards the smallest group of an organisation."
        ),
        error_messages={"required": "Choose whom the slips are for."},
    )

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group.key: group for group in groups}
        field = self.fields["group"]
        field.choices = [(group.key, group.name) for group in groups]  # type: ignore[attr-defined]
        self.helper = make_helper("number", "group")

    @property
    def chosen_group(self) -> Group:
        return self.groups[self.cleaned_data["group"]]


class PaperForm(forms.Form):
    """For whom a paper form is typed in."""

    paper_group = forms.ChoiceField(
        label="Who filled in the paper form",
        error_messages={"required": "Choose who filled in the paper form."},
    )

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group.key: group for group in groups}
        field = self.fields["paper_group"]
        field.choices = [(group.key, group.name) for group in groups]  # type: ignore[attr-defined]
        self.helper = make_helper("paper_group")

    @property
    def chosen_group(self) -> Group:
        return self.groups[self.cleaned_data["paper_group"]]


class PeopleForm(forms.Form):
    """How many people are in the room."""

    people = forms.IntegerField(
        label="People in the room",
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=(
            "Count everybody who is going to answer. If more answer than you counted, the "
            "results show three bands and no detail."
        ),
        error_messages={
            "required": "Count the people in the room, and type the number.",
            "invalid": "Type a whole number.",
            "min_value": "There has to be at least one person.",
            "max_value": f"A room can hold {MOST_PEOPLE} people.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = make_helper("people")


class RoomForm(PeopleForm):
    """Also for whom, where the round asks people outside the leadership too."""

    audience = forms.ChoiceField(
        label="Who is in the room",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is in the room."},
    )

    def __init__(self, *args: Any, audiences: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, Audience(one).label) for one in audiences]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        if len(audiences) == 1:
            self.fields["audience"].initial = audiences[0]
            self.fields["audience"].widget = forms.HiddenInput()
        self.helper = make_helper("people", "audience")
