"""What a mail provider tells by its webhook: of all of it we keep that an address does not work."""

from typing import Any

from assessments.services.bounces import note_bounce

GONE = ("bounced", "rejected")


def receive_news(event: Any, **_of_signal: Any) -> None:
    """Receiver of django-anymail's `tracking`, which has checked the secret of the request."""
    if event.event_type in GONE and event.message_id and event.recipient:
        note_bounce(provider_id=event.message_id, recipient=event.recipient)
