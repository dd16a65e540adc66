"""Rounds, what they ask, and who is invited.

The state of a participant is in a table of its own, so that the close can
delete it whole.
"""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from assessments.models.content import Dimension, Edition, SingleQuestion, Statement
from assessments.models.partnerships import (
    Facilitation,
    Organisation,
    Partnership,
    Sector,
)

if TYPE_CHECKING:
    from assessments.models.users import User


class Audience(models.TextChoices):
    LEADERS = "leaders", "Leaders of the partnership"
    OUTSIDE = "outside", "People outside the leadership"


class RoleLevel(models.TextChoices):
    CHIEF = "chief", "Chief executive, chair or council leader"
    BOARD = "board", "Board member, governor, councillor or trustee"
    DIRECTOR = "director", "Director or executive"
    CLINICAL = "clinical", "Clinical or professional lead"
    MANAGER = "manager", "Service or programme manager"
    OTHER = "other", "Another role"


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: "User") -> Self:
        """Rounds of the partnerships on which the user has a role.

        Viewers see a round only once its results are shared. A subquery, not
        a join, so that a caller's counts stay right.
        """
        roles = Facilitation.objects.filter(user=user)
        runs = roles.exclude(role=Facilitation.Role.VIEWER).values("partnership")
        views = roles.filter(role=Facilitation.Role.VIEWER).values("partnership")
        return self.filter(
            models.Q(partnership__in=runs)
            | models.Q(partnership__in=views, state=Round.State.SHARED)
        )


class Round(models.Model):
    """One time of asking. Closing it is the only door to its results."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        SHARED = "shared", "Shared"

    SMALLEST_GROUP = 5

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    purpose = models.TextField(
        "why you ask",
        blank=True,
        max_length=600,
        help_text="One or two sentences in your own words. Leaders read them first.",
    )
    smallest_group = models.PositiveSmallIntegerField(
        "smallest group",
        default=SMALLEST_GROUP,
        help_text="No figure is shown for fewer people. You can raise it, never lower it.",
    )
    ends_at = models.DateTimeField("closes at")
    session_on = models.DateField(
        "date of the conversation",
        null=True,
        blank=True,
        help_text="When you look at the results together, if you know it.",
    )
    asks_for_comments = models.BooleanField("ask for comments", default=True)
    asks_candour = models.BooleanField("ask how openly people answered", default=False)
    asks_foresight = models.BooleanField("ask what most others would say", default=False)
    quick_test_problem = models.CharField(
        "the problem in one line",
        max_length=200,
        blank=True,
        help_text="What the quick test is about, in your own words.",
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    wiped_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When the database last overwrote what the close deleted.",
    )
    removed_while_open = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="People taken off the open list: they still count as not having answered.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    comment_readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    editions = models.ManyToManyField(Edition, through="RoundInstrument", related_name="rounds")

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"],
                name="rounds_of_a_partnership_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(state="open"),
                name="one_open_round_a_partnership",
            ),
            models.CheckConstraint(
                condition=models.Q(smallest_group__gte=5),
                name="smallest_group_is_at_least_five",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", opened_at=None, closed_at=None, shared_at=None)
                | models.Q(
                    state="open",
                    opened_at__isnull=False,
                    closed_at=None,
                    shared_at=None,
                )
                | models.Q(
                    state="closed",
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                    shared_at=None,
                )
                | models.Q(
                    state="shared",
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                    shared_at__isnull=False,
                ),
                name="round_state_matches_its_moments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, round {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        """True once the door has shut, whether or not the results are shared."""
        return self.state in (self.State.CLOSED, self.State.SHARED)

    @property
    def is_shared(self) -> bool:
        return self.state == self.State.SHARED


class RoundInstrument(models.Model):
    """An edition that a round asks, and whom it asks."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="instruments")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "edition"], name="a_round_asks_an_edition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.edition}"


class RoundItem(models.Model):
    """One thing to answer, frozen when the round opens.

    Exactly one of a statement (with its rating: differences have two), a
    sector of the contact table (or all its small sectors together), or a
    single question (with the dimension it is asked about, where it has one).
    """

    class Rating(models.TextChoices):
        ONLY = "", "The only rating"
        SIZE = "size", "How big"
        HANDLING = "handling", "How well managed"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    instrument = models.ForeignKey(RoundInstrument, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    dimension = models.ForeignKey(Dimension, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=10, choices=Rating.choices, blank=True)
    sector = models.ForeignKey(Sector, null=True, on_delete=models.PROTECT, related_name="+")
    is_other_sectors = models.BooleanField(default=False)
    question = models.ForeignKey(
        SingleQuestion, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["instrument", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code"], name="an_item_stands_once_in_a_round"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    statement__isnull=False, sector=None, question=None, is_other_sectors=False
                )
                | models.Q(
                    statement=None, sector__isnull=False, question=None, is_other_sectors=False
                )
                | models.Q(
                    statement=None, sector=None, question__isnull=False, is_other_sectors=False
                )
                | models.Q(statement=None, sector=None, question=None, is_other_sectors=True),
                name="an_item_asks_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RoundKey(models.Model):
    """Half of the key that makes personal links; the other half is in the environment."""

    class Purpose(models.TextChoices):
        ANSWER = "answer", "Links that may answer"
        RESULT = "result", "Links that only open shared results"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    key = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "purpose"], name="one_key_a_round_and_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"Key of round {self.round_id}"


class Participant(models.Model):
    """A person on the list of a round. What they answered is not to be found from here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address", blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role_level = models.CharField("role", max_length=10, choices=RoleLevel.choices, blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.LEADERS)
    is_added_while_open = models.BooleanField(
        default=False,
        editable=False,
        help_text="Put on the list after it was opened: those who answered before are told.",
    )
    has_bounced = models.BooleanField(
        default=False, editable=False, help_text="The last message to this address came back."
    )
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    # NULL, not empty: several people without a link may be on one draft.
    link_digest = models.CharField(  # noqa: DJ001
        max_length=64,
        null=True,
        unique=True,
        editable=False,
        help_text="SHA-256 of the personal link; none before the round opens.",
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "email"],
                condition=~models.Q(email=""),
                name="one_place_an_address_in_a_round",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ParticipantState(models.Model):
    """How far a person has come while the round is open. The close deletes it."""

    class State(models.TextChoices):
        INVITED = "invited", "Not yet started"
        STARTED = "started", "Started"
        SUBMITTED = "submitted", "Submitted"

    participant = models.OneToOneField(
        Participant, primary_key=True, on_delete=models.CASCADE, related_name="progress"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)

    def __str__(self) -> str:
        return self.get_state_display()


class RetiredLink(models.Model):
    """A personal link that no longer opens anything, so that its page can say why."""

    class Reason(models.TextChoices):
        REPLACED = "replaced", "A new link was made"
        REMOVED = "removed", "The person was taken off the list"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField(max_length=10, choices=Reason.choices)

    def __str__(self) -> str:
        return f"Retired link of round {self.round_id}"


class JoinCode(models.Model):
    """A code for a room full of people, for a few hours. It opens a place, never answers.

    Stored as it is, for a screen to show: whoever stands in the room may read it.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="join_codes")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.LEADERS)
    code = models.CharField(max_length=6, unique=True, editable=False)
    people = models.PositiveSmallIntegerField(
        "people in the room",
        help_text="Count them. If more answer than are there, no detail is shown.",
    )
    ends_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(people__gte=1), name="somebody_is_in_the_room"
            ),
        ]

    def __str__(self) -> str:
        return f"Join code of round {self.round_id}"


class Ticket(models.Model):
    """A one-use place without a name. The close deletes it.

    One that was printed may carry an organisation, to be counted in; one that
    a join code made carries none, so counts in the whole only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tickets")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.LEADERS)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    join_code = models.ForeignKey(
        JoinCode, null=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(join_code=None) | models.Q(organisation=None),
                name="a_join_code_carries_no_group",
            ),
        ]

    def __str__(self) -> str:
        return f"Ticket of round {self.round_id}"


class Throttle(models.Model):
    """How often something was tried lately. `digest` is keyed: no address can be read from it."""

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "A throttle"
