"""Django's SMTP backend, which also knows whether a message may have arrived."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class _Careful:
    """`has_begun` is true from the moment on when the message itself travels.

    A connection that breaks before has delivered nothing. One that breaks
    later may have: the server's answer is what was lost.
    """

    has_begun = False

    def sendmail(self, *args: Any, **options: Any) -> Any:
        self.has_begun = False
        return super().sendmail(*args, **options)  # type: ignore[misc]

    def data(self, message: Any) -> Any:
        self.has_begun = True
        return super().data(message)  # type: ignore[misc]


class _CarefulSMTP(_Careful, smtplib.SMTP):
    pass


class _CarefulSMTPOverTLS(_Careful, smtplib.SMTP_SSL):
    pass


class CarefulBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _CarefulSMTPOverTLS if self.use_ssl else _CarefulSMTP

    @property
    def may_have_delivered(self) -> bool:
        """Of the message that was sent last, where sending it failed without an answer."""
        return getattr(self.connection, "has_begun", False)
