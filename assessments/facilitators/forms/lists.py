"""Many people at once: pasted lines, or a file that becomes such lines."""

from difflib import get_close_matches
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from assessments.facilitators.forms.base import make_helper
from assessments.models.partnerships import Organisation, Partnership, Sector
from assessments.models.rounds import Audience
from assessments.services.importing_people import Place
from assessments.services.pasted_people import PastedList, read_pasted_people
from assessments.services.refusals import Refused
from assessments.services.uploaded_files import MOST_BYTES, TOO_LARGE, read_rows, to_lines

LONGEST_PASTE = 400_000


class PasteForm(forms.Form):
    """Reads the lines but imports nothing; `pasted` holds people and problems.

    Each organisation that is not known gets a field that asks where it
    belongs. Only the last step needs an answer to it.
    """

    lines = forms.CharField(
        label="People, one a line",
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="Name, e-mail address, organisation, role. Only the name is needed.",
        error_messages={
            "required": "Paste at least one line.",
            "max_length": "This is more text than a list of people. Paste fewer lines at a time.",
        },
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        taken: list[str],
        audience: str = Audience.LEADERS,
        is_last_step: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if audience == Audience.OUTSIDE:
            self.fields["lines"].help_text = "Name, e-mail address. Only the name is needed."
        self.pasted = PastedList(people=[], problems=[])
        self.unknown: dict[str, Organisation] = {}
        self.offered: dict[str, Place] = {}
        lines = str(self.data.get("lines", ""))
        if lines and len(lines) <= LONGEST_PASTE and "\x00" not in lines:
            self._read(lines, partnership, taken, audience, is_last_step)
        self.helper = make_helper("lines")

    @property
    def unknown_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.unknown]

    def places(self) -> dict[str, Place]:
        """Where each unknown organisation belongs, from a valid form."""
        return {
            organisation.name: self.offered[self.cleaned_data[name]]
            for name, organisation in self.unknown.items()
        }

    def clean_lines(self) -> str:
        lines: str = self.cleaned_data["lines"]
        bad = len(self.pasted.problems)
        if bad:
            raise forms.ValidationError(
                "One line cannot be read. Nobody was added; correct it below and check again."
                if bad == 1
                else f"{bad} lines cannot be read. Nobody was added; correct them below and "
                "check again."
            )
        if not self.pasted.people:
            raise forms.ValidationError("There is nobody in these lines. Paste at least one name.")
        return lines

    def _read(
        self,
        lines: str,
        partnership: Partnership,
        taken: list[str],
        audience: str,
        is_last_step: bool,
    ) -> None:
        organisations = list(partnership.organisations.order_by("name"))
        self.pasted = read_pasted_people(
            lines, organisations=organisations, taken=taken, audience=audience, may_add=True
        )
        self.unknown = {f"place_{n}": new for n, new in enumerate(self.pasted.unknown)}
        if not self.unknown:
            return
        sectors = list(partnership.sectors.all())
        self.offered = {f"s{sector.pk}": sector for sector in sectors}
        self.offered |= {f"o{organisation.pk}": organisation for organisation in organisations}
        for name, new in self.unknown.items():
            self.fields[name] = self._ask_where(new, is_required=is_last_step)

    def _ask_where(self, new: Organisation, *, is_required: bool) -> forms.ChoiceField:
        sectors = {k: p for k, p in self.offered.items() if isinstance(p, Sector)}
        known = {k: p for k, p in self.offered.items() if isinstance(p, Organisation)}
        alike = get_close_matches(new.name, [place.name for place in known.values()], n=1)
        return forms.ChoiceField(
            label=new.name,
            required=is_required,
            choices=[
                ("", "Choose where it belongs"),
                ("It is new here", [(key, f"New, in {place}") for key, place in sectors.items()]),
                (
                    "It is here by another spelling",
                    [(key, f"Same as {place}") for key, place in known.items()],
                ),
            ][: 3 if known else 2],
            help_text=f"Perhaps the same as {alike[0]}?" if alike else "",
            error_messages={"required": "Choose where it belongs, or correct it in the lines."},
        )


class UploadForm(forms.Form):
    """A file of people; `lines` is what it says, to be shown and checked as if it were pasted."""

    file = forms.FileField(
        label="File",
        help_text="A spreadsheet (.xlsx) or CSV with at most 2,000 people.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty. Choose one with at least one person.",
            "missing": "Choose a file first.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = ""
        self.helper = make_helper("file")

    def clean_file(self) -> UploadedFile:
        file = cast(UploadedFile, self.cleaned_data["file"])
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        try:
            self.lines = to_lines(read_rows(file.read()))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        if len(self.lines) > LONGEST_PASTE:
            raise forms.ValidationError(TOO_LARGE)
        return file
