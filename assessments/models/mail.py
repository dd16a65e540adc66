"""Mail that waits to be sent: to whom and which template, never a body or a token."""

from django.db import models

from assessments.models.rounds import Participant


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

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="mails")
    template = models.CharField(max_length=20, choices=Template.choices)
    number = models.PositiveSmallIntegerField(
        default=1, help_text="Counts messages of one template to one person."
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    failure = models.CharField(max_length=200, blank=True)

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
