"""A real mail server on the loopback: it keeps what it gets, and misbehaves as it is told."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.real_server import find_free_port

TAKEN = "250 OK"


@dataclass
class MailServer:
    """`refusals` by address; `on_mail` and `on_data` are called before each answer.

    A message counts as received before `on_data` is called, as with a server
    that has stored it and only its answer is lost.
    """

    port: int = field(default_factory=find_free_port)
    received: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    on_mail: Callable[[SMTP], None] | None = None
    on_data: Callable[[SMTP], None] | None = None
    controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
        self.controller = None

    @property
    def addresses(self) -> list[str]:
        return [str(message["To"]) for message in self.received]

    @property
    def environment(self) -> dict[str, str]:
        """For a process that sends through this server."""
        return {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.port),
            "EMAIL_USE_TLS": "no",
        }

    def give_to(self, settings: Any) -> None:
        """For a test that sends through this server in its own process."""
        settings.CAN_SEND_MAIL = True
        settings.EMAIL_BACKEND = "leadership_app.mail_server.CarefulBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 10

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_mail:
            self.on_mail(server)
        envelope.mail_from = address
        return TAKEN

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        if self.on_data:
            self.on_data(server)
        return TAKEN


@contextlib.contextmanager
def receiving() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def cut(server: SMTP) -> None:
    """The connection breaks, without a word."""
    assert server.transport
    server.transport.abort()
