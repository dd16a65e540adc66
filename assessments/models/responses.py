"""People's own answers, while a round is open, and sealed after it.

Only the services may touch these models. There is no foreign key to a
participant: `claim_digest` allows one response a link, can be made only with
the secret from the environment, and is deleted with the row at the close.
Nothing here keeps a time, and keys are random, so that no order survives.
"""

import uuid

from django.db import models

from assessments.models.content import Dimension
from assessments.models.partnerships import Organisation
from assessments.models.rounds import (
    Audience,
    RoleLevel,
    Round,
    RoundInstrument,
    RoundItem,
)


class Response(models.Model):
    """One person's answers to a round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    claim_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    public_key = models.BinaryField(max_length=32)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    role_level = models.CharField(max_length=10, choices=RoleLevel.choices, blank=True)
    is_known = models.BooleanField(help_text="Helps to run the round: counts in figures only.")
    is_named = models.BooleanField(default=True, help_text="False for a ticket or join code.")
    is_joined = models.BooleanField(default=False, help_text="Came by a join code.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code_digest"], name="a_return_code_opens_one_response"
            ),
            models.CheckConstraint(
                condition=models.Q(is_joined=False)
                | models.Q(is_named=False, organisation=None, role_level=""),
                name="who_joined_by_a_code_has_no_group",
            ),
        ]

    def __str__(self) -> str:
        return "A response"


class Sitting(models.Model):
    """One instrument of a response. Submitting it is the consent to count it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    instrument = models.ForeignKey(RoundInstrument, on_delete=models.CASCADE, related_name="+")
    is_submitted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "instrument"], name="one_sitting_an_instrument"
            ),
        ]

    def __str__(self) -> str:
        return "A sitting"


class Answer(models.Model):
    """The answer to one item: a point of its scale, or a negative code (see measures.answers)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="+")
    value = models.SmallIntegerField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "item"], name="answer_once_per_statement"),
            models.CheckConstraint(
                condition=models.Q(value__gte=-4, value__lte=5),
                name="answer_is_a_point_or_a_code",
            ),
        ]

    def __str__(self) -> str:
        return "An answer"


class Comment(models.Model):
    """What a person wrote on one dimension."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "dimension"], name="one_comment_a_dimension"
            ),
        ]

    def __str__(self) -> str:
        return "A comment"


class SealedResponse(models.Model):
    """A person's answers after the close: opens with their return code and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    code_digest = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code_digest"],
                name="a_return_code_opens_one_sealed_response",
            ),
        ]

    def __str__(self) -> str:
        return "A sealed response"
