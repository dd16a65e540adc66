"""Partnerships, their organisations, and who facilitates them."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from assessments.models.users import User


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: "User") -> Self:
        """Partnerships on which the user has a role.

        A subquery, not a join: a caller who then counts facilitators would
        reuse the join and count only this user.
        """
        mine = Facilitation.objects.filter(user=user)
        return self.filter(pk__in=mine.values("partnership"))


class Partnership(models.Model):
    """A group of organisations whose leaders lead together."""

    name = models.CharField(max_length=120)
    about = models.TextField(
        "what it is for",
        blank=True,
        max_length=1000,
        help_text="One or two sentences. Leaders read them when they open their link.",
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Sector(models.Model):
    """A kind of organisation in one partnership, such as councils."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="sectors")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "partnership",
                name="one_sector_of_a_name_in_a_partnership",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A member of a partnership. Its sector is one of the same partnership."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="organisations"
    )
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["sector", "name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "partnership",
                name="one_organisation_of_a_name_in_a_partnership",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Facilitation(models.Model):
    """What a person with an account may do on a partnership."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        FACILITATOR = "facilitator", "Facilitator"
        VIEWER = "viewer", "Viewer of shared results"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="facilitations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="facilitations"
    )
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.FACILITATOR)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "user"],
                name="one_role_a_person_on_a_partnership",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "facilitator", "viewer"]),
                name="facilitation_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class AccessInvitation(models.Model):
    """A role that waits for somebody to accept it, by the address it was sent to."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField("e-mail address")
    role = models.CharField(
        max_length=20, choices=Facilitation.Role.choices, default=Facilitation.Role.FACILITATOR
    )
    digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the link that accepts."
    )
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "partnership", name="one_invitation_an_address_and_partnership"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.partnership}"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: "User") -> Self:
        """Programmes that the user leads."""
        return self.filter(
            pk__in=Programme.leads.through.objects.filter(user=user).values("programme")
        )


class Programme(models.Model):
    """Many partnerships that one body supports. Its leads see numbers, never names."""

    name = models.CharField(max_length=120, unique=True)
    leads = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    partnerships = models.ManyToManyField(Partnership, related_name="programmes", blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
