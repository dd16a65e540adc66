"""What people read beside the checklists: guide, case studies, sources, rules."""

from django.db import models

from assessments.models.scales import Coded


class Source(Coded):
    cite = models.TextField()
    url = models.URLField(blank=True)
    used_for = models.TextField(blank=True)
    note = models.TextField(blank=True)


class CaseStudy(Coded):
    title = models.CharField(max_length=200)
    summary = models.TextField()
    detail = models.JSONField(default=list, blank=True, help_text="A list of sentences.")
    lesson = models.TextField(blank=True)
    dated = models.TextField(blank=True)
    credit = models.TextField(blank=True)
    seeds = models.JSONField(default=list, blank=True)

    class Meta(Coded.Meta):
        verbose_name_plural = "case studies"

    def __str__(self) -> str:
        return self.title


class GuidePage(Coded):
    title = models.CharField(max_length=200)
    body = models.TextField()
    links = models.JSONField(
        default=list, blank=True, help_text="A list of works to read or watch."
    )
    privacy_note = models.TextField(blank=True, help_text="For editors: never shown.")
    admin_note = models.TextField(blank=True, help_text="For editors: never shown.")
    seeds = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.title


class ContentDocument(Coded):
    """Rules and texts that are one piece: scoring, timing, the model picture, facilitation."""

    title = models.CharField(max_length=200)
    data = models.JSONField()

    def __str__(self) -> str:
        return self.title
