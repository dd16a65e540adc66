"""How often something is tried from one address, kept as keyed digests and never as addresses.

A row counts one purpose from one address, for one stretch of time. The digest
needs the secret from the environment, so a stolen database names no address.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from assessments.models.rounds import Throttle

# What one household or phone is given, of which it may use every address.
OWN_IPV6_NETWORK = 64


def allow(*, purpose: str, address: str, limit: int, within: timedelta, now: datetime) -> bool:
    """Counts one try, and says whether it is one of the first `limit` of its stretch of time.

    The stretch begins with the first try and lasts `within`; then counting
    begins anew.
    """
    digest = _digest(purpose, address)
    Throttle.objects.filter(digest=digest, ends_at__lte=now).delete()
    if not _count_one(digest):
        _start_counting(digest, now + within)
    return Throttle.objects.filter(digest=digest, count__lte=limit).exists()


def find_end(*, purpose: str, address: str, limit: int, now: datetime) -> datetime | None:
    """When tries are taken again; None where another one is allowed now. Counts nothing."""
    full = Throttle.objects.filter(
        digest=_digest(purpose, address), count__gte=limit, ends_at__gt=now
    )
    return full.values_list("ends_at", flat=True).first()


def delete_past(*, now: datetime) -> int:
    """Deletes what no longer counts; returns how many."""
    return Throttle.objects.filter(ends_at__lte=now).delete()[0]


def _count_one(digest: str) -> bool:
    return bool(Throttle.objects.filter(digest=digest).update(count=F("count") + 1))


def _start_counting(digest: str, ends_at: datetime) -> None:
    try:
        with transaction.atomic():
            Throttle.objects.create(digest=digest, count=1, ends_at=ends_at)
    except IntegrityError:
        # Another try from there came first.
        _count_one(digest)


def _digest(purpose: str, address: str) -> str:
    words = f"throttle|{purpose}|{_network_of(address)}"
    return hmac.new(settings.ANSWER_SECRET.encode(), words.encode(), hashlib.sha256).hexdigest()


def _network_of(address: str) -> str:
    """An IPv4 address itself; of IPv6 the network that one household may roam in."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((int(parsed), OWN_IPV6_NETWORK), strict=False))
