"""A partnership, its organisations and its sectors."""

from typing import Any, cast

from django import forms

from assessments.facilitators.forms.base import OneLineField, make_helper
from assessments.facilitators.forms.unchanged import WatchedForm
from assessments.models.partnerships import Organisation, Partnership, Sector


class PartnershipForm(WatchedForm):
    name = OneLineField(
        label="Name",
        max_length=120,
        help_text="As its leaders call it.",
        error_messages={"required": "Give the partnership a name."},
    )
    about = forms.CharField(
        label="What it is for (if you like)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences. Leaders read them when they open their link.",
    )

    def __init__(self, *args: Any, partnership: Partnership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = [partnership.name, partnership.about] if partnership else []
        if partnership:
            self.initial.update(name=partnership.name, about=partnership.about)
        self.watch(stored, words=f"It is now called “{partnership}”." if partnership else "")
        self.helper = make_helper("seen", "name", "about")


class OrganisationForm(WatchedForm):
    name = OneLineField(
        label="Name",
        max_length=120,
        help_text="In full, as its people write it.",
        error_messages={"required": "Give the organisation a name."},
    )
    sector = forms.ModelChoiceField(
        label="Sector",
        queryset=Sector.objects.none(),
        empty_label="Choose a sector",
        help_text="Small organisations are counted within their sector.",
        error_messages={
            "required": "Choose a sector.",
            "invalid_choice": "That sector is no longer here. Choose another.",
        },
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        organisation: Organisation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        sector = cast(forms.ModelChoiceField, self.fields["sector"])
        sector.queryset = partnership.sectors.all()
        stored: list[object] = []
        words = ""
        if organisation:
            self.initial.update(name=organisation.name, sector=organisation.sector_id)
            stored = [organisation.name, organisation.sector_id]
            words = f"It is now “{organisation.name}” in {organisation.sector}."
        self.watch(stored, words=words)
        self.helper = make_helper("seen", "name", "sector")


class SectorForm(WatchedForm):
    name = OneLineField(
        label="Name",
        max_length=80,
        help_text="A kind of organisation, such as “Councils”.",
        error_messages={"required": "Give the sector a name."},
    )

    def __init__(self, *args: Any, sector: Sector | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sector:
            self.initial.update(name=sector.name)
        self.watch(
            [sector.name] if sector else [], words=f"It is now called “{sector}”." if sector else ""
        )
        self.helper = make_helper("seen", "name")
