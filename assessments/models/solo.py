"""Answers of people who try the checklist alone, apart from every round.

Only the services may touch these models. They are deleted after 30 days.
"""

import uuid

from django.db import models

from assessments.models.content import Edition, Statement


class SoloResponse(models.Model):
    """One person's try. Its link may read, and says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    link_digest = models.CharField(max_length=64, unique=True)
    delete_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return "A solo response"


class SoloAnswer(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(SoloResponse, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=10, blank=True)
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "statement", "rating"],
                name="solo_answer_once_per_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=-4, value__lte=5),
                name="solo_answer_is_a_point_or_a_code",
            ),
        ]

    def __str__(self) -> str:
        return "A solo answer"
