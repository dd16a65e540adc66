"""Mail that waits to be sent: to whom and which template, never a body or a token."""

from django.db import models

from assessments.models.rounds import Audience, Participant, Round


class OutgoingMail(models.Model):
    """One message to one person. Rendered while it is sent; deleted at the close."""

    class Template(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        REMINDER = "reminder", "Reminder"
        NEW_LINK = "new_link", "New link"
        PEOPLE_ADDED = "people_added", "People were added after you answered"

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        BOUNCED = "bounced", "Came back"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="mails")
    template = models.CharField(max_length=20, choices=Template.choices)
    number = models.PositiveSmallIntegerField(
        default=1, help_text="Counts messages of one template to one person."
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    failure = models.CharField(max_length=200, blank=True)
    provider_id = models.CharField(
        max_length=255,
        blank=True,
        db_index=True,
        help_text="What the mail provider calls the message, to know it again when it comes back.",
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "template", "number"],
                name="nothing_is_sent_twice",
            ),
        ]
        indexes = [models.Index(fields=["status", "next_try_at"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.get_template_display()}, {self.get_status_display()}"


class MailText(models.Model):
    """A round's own words for one template. Placeholders stand for what differs by person."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="mail_texts")
    template = models.CharField(max_length=20, choices=OutgoingMail.Template.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.LEADERS)
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=4000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "template", "audience"], name="one_text_a_template_and_audience"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_template_display()} of round {self.round_id}"


class ScheduledReminder(models.Model):
    """When those who have not finished are reminded by themselves."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders")
    send_at = models.DateTimeField(db_index=True)
    queued_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["send_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "send_at"], name="one_reminder_of_a_round_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder of round {self.round_id}"
