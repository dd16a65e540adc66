"""What came through the door: published, rounded figures and nothing else.

A figure that may not be shown is NULL. Every row is written once, by closing.
"""

import uuid

from django.db import models

from assessments.models.content import Dimension
from assessments.models.rounds import Audience, Round, RoundItem

SCHEMA_VERSION = 1


class Result(models.Model):
    """The frozen result of one round for one audience."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="results")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    schema_version = models.PositiveSmallIntegerField(default=SCHEMA_VERSION)
    smallest_group = models.PositiveSmallIntegerField()
    invited = models.PositiveIntegerField(null=True)
    counted = models.PositiveIntegerField(null=True)
    is_bands_only = models.BooleanField(
        default=False,
        help_text="A round soon after another shows three bands and nothing else.",
    )
    unnamed = models.PositiveIntegerField(
        default=0, help_text="How many of those invited had no name: tickets, people in a room."
    )
    has_more_than_invited = models.BooleanField(
        default=False,
        help_text="More answered by a join code than were in the room: bands and nothing else.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "audience"], name="one_result_a_round_and_audience"
            ),
        ]

    def __str__(self) -> str:
        return f"Result of round {self.round_id}"


class Group(models.TextChoices):
    WHOLE = "whole", "Everyone"
    SECTOR = "sector", "Sector"
    ORGANISATION = "organisation", "Organisation"
    ROLE = "role", "Role"


SPREAD_OF_DIMENSION = (
    "q1",
    "median",
    "q3",
    "average_deviation",
    "r_star_wg",
    "interval_low",
    "interval_high",
    "bins",
)


COUNTS_OF_STATEMENT = (
    "people",
    "weak",
    "middle",
    "strong",
    "counts",
    "median",
    "q1",
    "q3",
    "standard_deviation",
    "average_deviation",
    "consensus",
    "a_wg",
    "dont_know",
    "not_applicable",
    "prefer_not_to_say",
)


class Limit(models.TextChoices):
    """A group's mean beyond 1.5 or 4.5 is told only as a limit."""

    NONE = "", "As it is"
    OR_BELOW = "or_below", "This or below"
    OR_ABOVE = "or_above", "This or above"


def _only_whole_has(*fields: str) -> models.Q:
    """Groups never carry these figures: counts and spreads force single answers."""
    return models.Q(group=Group.WHOLE) | models.Q(**dict.fromkeys(fields))


class DimensionFigure(models.Model):
    """The figures of one dimension, for the whole or for one group."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="dimension_figures")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    instrument_code = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=15, choices=Group.choices, default=Group.WHOLE)
    group_name = models.CharField(max_length=120, blank=True)
    people = models.PositiveIntegerField(null=True)
    mean = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    limit = models.CharField(max_length=10, choices=Limit.choices, blank=True)
    reading = models.CharField(max_length=30, blank=True)
    is_low = models.BooleanField(null=True)
    q1 = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    median = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    q3 = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    average_deviation = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    r_star_wg = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    interval_low = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    interval_high = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    bins = models.JSONField(null=True, help_text="People in each half-point bin from 1 to 5.")

    class Meta:
        ordering = ["order", "group", "group_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "instrument_code", "code", "group", "group_name"],
                name="one_figure_a_dimension_and_group",
            ),
            models.CheckConstraint(
                condition=_only_whole_has(*SPREAD_OF_DIMENSION),
                name="no_spread_of_a_dimension_for_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.group}"


class StatementFigure(models.Model):
    """The figures of one item, for the whole or for one group."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="statement_figures")
    item = models.ForeignKey(RoundItem, on_delete=models.PROTECT, related_name="+")
    instrument_code = models.CharField(max_length=40)
    dimension_code = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=30)
    rating = models.CharField(max_length=10, blank=True)
    order = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=15, choices=Group.choices, default=Group.WHOLE)
    group_name = models.CharField(max_length=120, blank=True)
    people = models.PositiveIntegerField(null=True)
    mean = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    limit = models.CharField(max_length=10, choices=Limit.choices, blank=True)
    weak = models.PositiveIntegerField(null=True)
    middle = models.PositiveIntegerField(null=True)
    strong = models.PositiveIntegerField(null=True)
    reading = models.CharField(max_length=30, blank=True)
    is_low = models.BooleanField(null=True)
    has_many_dont_know = models.BooleanField(null=True)
    counts = models.JSONField(null=True, help_text="People at each point, weakest first.")
    median = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    q1 = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    q3 = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    standard_deviation = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    average_deviation = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    consensus = models.PositiveSmallIntegerField(null=True, help_text="Per cent.")
    a_wg = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    dont_know = models.PositiveIntegerField(null=True)
    not_applicable = models.PositiveIntegerField(null=True)
    prefer_not_to_say = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["order", "group", "group_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "code", "group", "group_name"],
                name="one_figure_a_statement_and_group",
            ),
            models.CheckConstraint(
                condition=_only_whole_has(*COUNTS_OF_STATEMENT),
                name="no_counts_of_a_statement_for_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.group}"


class InstrumentFigure(models.Model):
    """How many submitted one instrument and counted; the suggestion of the quick test."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="instrument_figures")
    instrument_code = models.CharField(max_length=40)
    counted = models.PositiveIntegerField()
    suggestion = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "instrument_code"], name="one_figure_an_instrument"
            ),
        ]

    def __str__(self) -> str:
        return self.instrument_code


class ContactFigure(models.Model):
    """How often people of one sector met people of another: the nearest word, no number.

    Only cells that are shown have a row.
    """

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="contact_figures")
    sector_name = models.CharField(max_length=120)
    item = models.ForeignKey(RoundItem, on_delete=models.PROTECT, related_name="+")
    point = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["sector_name", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "sector_name", "item"], name="one_cell_a_pair_of_sectors"
            ),
        ]

    def __str__(self) -> str:
        return self.sector_name


class ForesightFigure(models.Model):
    """How many leaders knew what most others would say about one factor."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="foresight_figures")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["dimension"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "dimension"], name="one_foresight_a_dimension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension_id}: {self.percent} %"


class CollectedComment(models.Model):
    """A comment after the close: shuffled, with its dimension and audience and nothing else."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        RELEASED = "released", "Released"
        HELD_BACK = "held_back", "Held back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="comments")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    is_redacted = models.BooleanField(default=False, help_text="Words were taken out.")
    delete_on = models.DateField(null=True, help_text="When a text that was held back is deleted.")

    class Meta:
        ordering = ["dimension", "id"]

    def __str__(self) -> str:
        return "A comment"
