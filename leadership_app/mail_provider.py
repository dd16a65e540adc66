"""A mail provider by its own interface instead of a mail server: django-anymail, where installed.

The environment names the provider and gives what it asks for; its webhook then
says which addresses mail came back from.
"""

import os
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern

PREFIX = "ANYMAIL_"
SECRET = f"{PREFIX}WEBHOOK_SECRET"
SHORTEST_SECRET = 20


def read_provider(name: str) -> dict[str, str]:
    """What the environment says about the provider, as django-anymail wants it.

    Raises ImproperlyConfigured where a provider is named that cannot work.
    """
    if not name:
        return {}
    if find_spec("anymail") is None:
        raise ImproperlyConfigured("MAIL_PROVIDER needs django-anymail: install the extra of it.")
    if not name.isidentifier() or find_spec(f"anymail.backends.{name}") is None:
        raise ImproperlyConfigured(f"MAIL_PROVIDER: django-anymail knows no {name!r}.")
    secret = os.environ.get(SECRET, "")
    if len(secret) < SHORTEST_SECRET or ":" not in secret:
        raise ImproperlyConfigured(
            f"{SECRET} must be a name, a colon and a password, {SHORTEST_SECRET} characters or "
            "more. Without it anybody could say that mail came back."
        )
    return {
        key.removeprefix(PREFIX): value
        for key, value in os.environ.items()
        if key.startswith(PREFIX)
    }


def list_webhooks(name: str) -> list[URLPattern]:
    """The address where this provider tells what became of mail; none for mail that comes in."""
    # Late: only where a provider is set is django-anymail sure to be there.
    from anymail.urls import urlpatterns

    names = (f"{name}_tracking_webhook", f"{name}_webhook")
    return [pattern for pattern in urlpatterns if pattern.name in names]
