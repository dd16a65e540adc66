"""What an authenticator app shows."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories import TOTP_SECRET

PERIOD = 30


def code_now(secret: str = TOTP_SECRET) -> str:
    """The six digits of this half minute."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
