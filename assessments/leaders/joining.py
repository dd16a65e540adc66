"""Joining by a code: how often it may be tried from one address, and who has a place already.

A whole workshop shares one address, so the limits are generous. Wrong codes
are counted and right ones are refused too while too many were wrong: a limit
that let right ones through would only slow down the guessing.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from assessments.leaders.addresses import read_address
from assessments.services.throttling import allow, find_end

WRONG_CODES = "wrong join codes"
MOST_WRONG, WRONG_WITHIN = 30, timedelta(minutes=10)
JOINED = "joined by a code"
MOST_JOINED, JOINED_WITHIN = 300, timedelta(hours=3)


def count_wrong_code(request: HttpRequest) -> None:
    allow(
        purpose=WRONG_CODES,
        address=read_address(request),
        limit=MOST_WRONG,
        within=WRONG_WITHIN,
        now=timezone.now(),
    )


def find_end_of_wait(request: HttpRequest) -> datetime | None:
    """When codes from this address are looked at again; None for at once."""
    return find_end(
        purpose=WRONG_CODES,
        address=read_address(request),
        limit=MOST_WRONG,
        now=timezone.now(),
    )


def count_joining(request: HttpRequest) -> datetime | None:
    """Counts one who joins. When it is one too many: the moment from which others can join."""
    now, address = timezone.now(), read_address(request)
    if allow(purpose=JOINED, address=address, limit=MOST_JOINED, within=JOINED_WITHIN, now=now):
        return None
    return find_end(purpose=JOINED, address=address, limit=MOST_JOINED, now=now)
