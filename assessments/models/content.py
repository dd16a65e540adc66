"""The checklists, as data: instruments, their editions and every word people read.

An edition that was ever published never changes, so that a round can always
show the exact words its people answered. `clean` refuses here, the services
and the admin refuse again.
"""

from abc import abstractmethod
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.models.scales import Coded, Scale, ScalePoint

__all__ = [
    "Audience",
    "CaseStudy",
    "ContentDocument",
    "Dimension",
    "Edition",
    "GuidePage",
    "Instrument",
    "Level",
    "Scale",
    "ScalePoint",
    "SingleQuestion",
    "Source",
    "Statement",
]

LOCKED = (
    "This edition has been published, so it never changes: rounds show the exact words that "
    "people answered. Start the next draft edition instead."
)


class Audience(models.TextChoices):
    LEADERS = "leaders", "Leaders"
    OUTSIDE = "outside", "People outside the leadership"


class Level(models.TextChoices):
    TEAM = "team", "The partnership, seen by its leaders"
    PERSON = "person", "One person"
    PARTNERSHIP = "partnership", "The partnership, seen from outside"


class Instrument(Coded):
    part = models.CharField(max_length=2)
    number = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.LEADERS)
    level = models.CharField(max_length=20, choices=Level)
    mirrors = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="mirrored_by",
        null=True,
        blank=True,
        help_text="The instrument with the same dimensions; empty: none.",
    )

    def __str__(self) -> str:
        return self.code.replace("_", " ").capitalize()


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> Self:
        return self.filter(state=Edition.State.PUBLISHED)

    def drafts(self) -> Self:
        return self.filter(state=Edition.State.DRAFT)

    def with_content(self) -> Self:
        """All that a page of the edition shows, in a fixed number of queries."""
        return self.select_related("instrument", "scale", "second_scale").prefetch_related(
            "scale__points",
            "second_scale__points",
            "dimensions__case_study",
            "dimensions__statements__scale__points",
        )

    def get_by_natural_key(self, instrument: str, number: int) -> "Edition":
        return self.get(instrument__code=instrument, number=number)


class Edition(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_on = models.DateField(null=True, blank=True, help_text="Empty: never published.")
    title = models.CharField(max_length=120)
    subtitle = models.CharField(max_length=200, blank=True)
    stem = models.CharField(max_length=120, blank=True)
    stem_other = models.CharField(max_length=120, blank=True)
    intro = models.TextField(blank=True)
    intro_other = models.TextField(blank=True)
    minutes_typical = models.PositiveSmallIntegerField()
    minutes_slow = models.PositiveSmallIntegerField()
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="editions")
    second_scale = models.ForeignKey(
        Scale,
        models.PROTECT,
        related_name="editions_as_second",
        null=True,
        blank=True,
        help_text="Where each statement is rated twice; empty: once.",
    )
    scoring_note = models.TextField(blank=True)
    no_reverse_reason = models.TextField(blank=True)
    generated_items = models.TextField(
        blank=True,
        help_text="How the round makes the statements, where they are not written here.",
    )
    shown_as = models.TextField(blank=True)
    opening_field = models.JSONField(
        null=True, blank=True, help_text="A question before the others."
    )
    result_rule = models.JSONField(null=True, blank=True)
    map_rule = models.JSONField(null=True, blank=True)
    source_codes = models.JSONField(default=list, blank=True)
    seeds = models.JSONField(default=list, blank=True)
    loaded_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of the file it was last loaded from; blank: by hand.",
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["instrument__order", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="one_edition_per_number"),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(state="published"),
                name="one_published_edition_per_instrument",
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(state="draft"),
                name="one_draft_edition_per_instrument",
            ),
            models.CheckConstraint(
                name="drafts_alone_have_no_publishing_date",
                condition=Q(state="draft", published_on__isnull=True)
                | (~Q(state="draft") & Q(published_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="slow_readers_need_at_least_the_typical_time",
                condition=Q(minutes_slow__gte=models.F("minutes_typical")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (self.instrument.code, self.number)

    natural_key.dependencies = ["assessments.instrument"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        if self.pk and Edition.objects.filter(pk=self.pk).exclude(state=self.State.DRAFT).exists():
            raise ValidationError(LOCKED)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_locked:
            raise ValidationError(LOCKED)
        return super().delete(*args, **kwargs)

    @property
    def is_locked(self) -> bool:
        return self.state != self.State.DRAFT


class PartOfEdition(models.Model):
    """A dimension or a statement: it changes and goes only while its edition is a draft."""

    code = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        stored: Any = type(self)._default_manager.filter(pk=self.pk)
        if stored.exclude(edition__state=Edition.State.DRAFT).exists() or self.is_locked:
            raise ValidationError(LOCKED)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_locked:
            raise ValidationError(LOCKED)
        return super().delete(*args, **kwargs)

    @property
    @abstractmethod
    def is_locked(self) -> bool:
        """True once the edition is no draft any more."""


class DimensionManager(models.Manager["Dimension"]):
    def get_by_natural_key(self, instrument: str, number: int, code: str) -> "Dimension":
        return self.get(edition__instrument__code=instrument, edition__number=number, code=code)


class Dimension(PartOfEdition):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="dimensions")
    name = models.CharField(max_length=120)
    source_name = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    reflection_questions = models.JSONField(default=list, blank=True)
    suggested_actions = models.JSONField(default=list, blank=True)
    case_study = models.ForeignKey(
        CaseStudy, models.PROTECT, related_name="dimensions", null=True, blank=True
    )
    case_study_note = models.TextField(blank=True)
    is_overall = models.BooleanField(
        default=False,
        help_text="Holds the one statement about the whole, apart from the others.",
    )
    seeds = models.JSONField(default=list, blank=True)

    objects = DimensionManager()

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_dimension_per_code")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, int, str]:
        return (*self.edition.natural_key(), self.code)

    natural_key.dependencies = ["assessments.edition"]  # type: ignore[attr-defined]

    @property
    def is_locked(self) -> bool:
        return bool(self.edition_id) and self.edition.is_locked


class StatementManager(models.Manager["Statement"]):
    def get_by_natural_key(self, instrument: str, number: int, code: str) -> "Statement":
        return self.get(edition__instrument__code=instrument, edition__number=number, code=code)


class Statement(PartOfEdition):
    class Kind(models.TextChoices):
        SOFT = "soft", "Soft"
        HARD = "hard", "Hard"

    class Direction(models.TextChoices):
        PRESSURE = "pressure", "Pressure"
        PULL = "pull", "Pull"

    # Always that of the dimension (save sees to it); here so that the database
    # can hold a code to once in an edition.
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="statements", editable=False)
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="statements")
    text = models.CharField(max_length=300)
    text_other = models.CharField(max_length=300, blank=True, help_text="In the third person.")
    reverse = models.BooleanField(default=False, help_text="Often seen is the weaker practice.")
    why = models.TextField(blank=True)
    looks_like = models.TextField(blank=True)
    prompt = models.TextField(blank=True)
    source_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, blank=True)
    scale = models.ForeignKey(
        Scale,
        models.PROTECT,
        related_name="statements",
        null=True,
        blank=True,
        help_text="Empty: the scale or scales of the edition.",
    )
    is_comparable = models.BooleanField(
        default=True,
        help_text="Answers can be compared with this code in the edition before.",
    )
    seeds = models.JSONField(default=list, blank=True)

    objects = StatementManager()

    class Meta:
        ordering = ["dimension__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_statement_per_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.edition_id = self.dimension.edition_id
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        # The constraint says so too, but forms leave out `edition`, and with it the constraint.
        same = Statement.objects.filter(edition__dimensions=self.dimension_id, code=self.code)
        if self.dimension_id and same.exclude(pk=self.pk).exists():
            raise ValidationError({"code": f"{self.code} stands in this edition already."})

    def natural_key(self) -> tuple[str, int, str]:
        return (*self.edition.natural_key(), self.code)

    natural_key.dependencies = ["assessments.edition"]  # type: ignore[attr-defined]

    @property
    def is_locked(self) -> bool:
        return bool(self.dimension_id) and self.dimension.edition.is_locked


class SingleQuestion(Coded):
    """A question asked once beside the checklists. A changed question gets a new code."""

    audience = models.CharField(max_length=20, choices=Audience, default=Audience.LEADERS)
    place = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=300)
    scale = models.ForeignKey(
        Scale,
        models.PROTECT,
        related_name="single_questions",
        null=True,
        blank=True,
        help_text="Empty: the scale is described in words below.",
    )
    scale_note = models.CharField(max_length=200, blank=True)
    extra_option = models.CharField(max_length=120, blank=True)
    shown_as = models.TextField(blank=True)
