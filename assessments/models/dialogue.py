"""What a partnership made of its results: the session, what was agreed, what is tried."""

from django.db import models

from assessments.models.content import Dimension
from assessments.models.rounds import Round


class Session(models.Model):
    """A facilitated conversation about the results of one round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField()

    class Meta:
        ordering = ["held_on"]

    def __str__(self) -> str:
        return f"Session on {self.held_on}"


class AgreedPosition(models.Model):
    """An agreement, or a disagreement that the group agreed to name."""

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", "Agreement"
        DISAGREEMENT = "disagreement", "Agreed disagreement"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="positions")
    dimension = models.ForeignKey(
        Dimension, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=15, choices=Kind.choices)
    text = models.TextField(max_length=1000)

    def __str__(self) -> str:
        return self.text


class Experiment(models.Model):
    """Something the partnership tries before it asks again."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="experiments")
    text = models.TextField(max_length=1000)
    led_by = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return self.text
