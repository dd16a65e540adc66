"""What people answer on: scales and their points."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

LOCKED_SCALE = (
    "People have been asked questions on this scale, so it never changes. "
    "Make a new scale with a code of its own instead."
)


class CodeManager(models.Manager[Any]):
    def get_by_natural_key(self, code: str) -> Any:
        return self.get(code=code)


class Coded(models.Model):
    """What has a stable code of its own, and an order among its kind."""

    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    loaded_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of the file it was last loaded from; blank: by hand.",
    )

    objects = CodeManager()

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Scale(Coded):
    label = models.CharField(max_length=120)
    question_team = models.TextField(blank=True)
    question_self = models.TextField(blank=True)
    question_other = models.TextField(blank=True)
    use_when = models.TextField(blank=True)
    default_for = models.JSONField(default=list, blank=True, help_text="Codes of instruments.")
    reasons = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.pk and self.is_locked:
            raise ValidationError(LOCKED_SCALE)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_locked:
            raise ValidationError(LOCKED_SCALE)
        return super().delete(*args, **kwargs)

    @property
    def is_locked(self) -> bool:
        """People were asked on it: in an edition that was published, or beside one."""
        return (
            self.editions.exclude(state="draft").exists()
            or self.editions_as_second.exclude(state="draft").exists()
            or self.statements.exclude(edition__state="draft").exists()
            or self.single_questions.exists()
        )


class ScalePointManager(models.Manager["ScalePoint"]):
    def get_by_natural_key(self, scale: str, value: int) -> "ScalePoint":
        return self.get(scale__code=scale, value=value)


class ScalePoint(models.Model):
    """One answer. Off the scale are Don't know and its like: kept, never averaged.

    Their values are those of ``assessments.measures.answers``: -2 don't know,
    -3 not applicable, -4 prefer not to say.
    """

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="points")
    value = models.SmallIntegerField()
    label = models.CharField(max_length=80)
    is_on_scale = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField()

    objects = ScalePointManager()

    class Meta:
        ordering = ["scale", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "value"], name="one_point_per_scale_and_value"
            ),
            models.CheckConstraint(
                name="off_scale_points_are_below_zero",
                condition=Q(is_on_scale=True, value__gte=0) | Q(is_on_scale=False, value__lte=-2),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, int]:
        return (self.scale.code, self.value)

    natural_key.dependencies = ["assessments.scale"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        if self.scale_id and self.scale.is_locked:
            raise ValidationError(LOCKED_SCALE)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.scale.is_locked:
            raise ValidationError(LOCKED_SCALE)
        return super().delete(*args, **kwargs)
