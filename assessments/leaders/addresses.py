"""Where a request comes from, to count tries and for nothing else; it is never stored or logged."""

from django.conf import settings
from django.http import HttpRequest


def read_address(request: HttpRequest) -> str:
    """The address of whoever asks, behind as many proxies as the settings say.

    Each proxy adds the address it heard from at the end of X-Forwarded-For, so
    only entries from the end can be trusted: whoever asks may write the others.
    """
    heard: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if not proxies:
        return heard
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    return forwarded[-proxies].strip() if len(forwarded) >= proxies else heard
