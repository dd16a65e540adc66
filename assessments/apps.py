"""The one Django app. Its rooms are listed in docs/architecture.md."""

from django.apps import AppConfig
from django.conf import settings


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "System-leadership check"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if settings.MAIL_PROVIDER:
            # Late: django-anymail is there only where a provider is set.
            from anymail.signals import tracking

            from assessments.services.provider_news import receive_news

            tracking.connect(receive_news)
