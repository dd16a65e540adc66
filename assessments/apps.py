"""The one Django app. Its rooms are listed in docs/architecture.md."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "System-leadership check"
    default_auto_field = "django.db.models.BigAutoField"
