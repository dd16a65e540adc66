"""A message to oneself, as an invented person would get it."""

import logging
import smtplib

from django.conf import settings

from assessments.models.rounds import Round
from assessments.models.users import User
from assessments.services.default_mail_texts import Words
from assessments.services.mail_messages import make_email, make_sample
from assessments.services.mail_texts import list_faults
from assessments.services.refusals import Refused

logger = logging.getLogger(__name__)


def send_sample(*, round_: Round, audience: str, words: Words, to: User) -> None:
    """Sent at once and kept nowhere; its link opens nothing."""
    if not settings.CAN_SEND_MAIL:
        raise Refused("No mail server is set up here, so no test can be sent.")
    faults = list_faults(words, audience)
    if faults:
        raise Refused(faults[0])
    email = make_email(make_sample(round_, audience, words), to.email)
    email.subject = f"Test: {email.subject}"
    try:
        email.send()
    except (OSError, smtplib.SMTPException) as problem:
        logger.warning("A test message was not sent (%s).", type(problem).__name__)
        raise Refused(
            "The mail server did not take the test message. Your text is still here: try again "
            "in a few minutes, or ask whoever looks after the server."
        ) from None
