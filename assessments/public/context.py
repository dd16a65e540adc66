"""What every page knows. It asks the database nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

SITE_NAME = "Leading together"
# As in fixtures/attribution.yaml (a test holds the two together): here, so that
# no page pays a query for its footer.
CREDIT = (
    "Built on ideas from The King's Fund (2017), the Virtual Staff College report (2013) and "
    "SCIE. Statements and help text are our own. Not produced or endorsed by any of them."
)


def site(request: HttpRequest | None = None) -> dict[str, Any]:
    return {
        "site_name": SITE_NAME,
        "credit": CREDIT,
        "is_demo": settings.IS_DEMO,
        "can_send_mail": settings.CAN_SEND_MAIL,
        "single_sign_on": settings.OIDC_NAME,
    }
