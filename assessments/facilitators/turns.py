"""One after the other: whoever saves waits for whoever is saving the same thing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpRequest

from assessments.models.partnerships import Partnership
from assessments.models.rounds import Round
from assessments.services.locking import lock_round
from assessments.services.partnerships import lock_partnership


@contextmanager
def one_at_a_time(request: HttpRequest, thing: Partnership | Round) -> Iterator[None]:
    """Locks a partnership or a round from reading what is stored until it is saved.

    What a view reads inside is then what a form compares with and what the
    service changes. It is the lock that the services take themselves, so the
    order of locks stays theirs.
    """
    if request.method != "POST":
        yield
        return
    with transaction.atomic():
        if isinstance(thing, Round):
            lock_round(thing.pk)
        else:
            lock_partnership(thing)
        thing.refresh_from_db()
        yield
