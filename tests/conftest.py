"""Shared fixtures: loaded content, moments, and a signed-in client."""

from collections.abc import Iterator
from copy import copy
from datetime import datetime

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.utils import timezone

from assessments.models.content import (
    CaseStudy,
    ContentDocument,
    Dimension,
    Edition,
    GuidePage,
    Instrument,
    Scale,
    ScalePoint,
    SingleQuestion,
    Source,
    Statement,
)
from assessments.questionnaire.frozen import forget_all
from assessments.services import keys
from tests.chromium import FLAGS, find_chromium
from tests.factories import make_user

ONCE = "Pages and their journeys are looked at on SQLite; the main ones are walked here too."
WALKED_EVERYWHERE = ("test_leader.py", "test_facilitator.py", "test_workshop.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On PostgreSQL the main journeys are walked at one width, and pages not looked at once more.

    Whatever asks the database something is tested on both below the pages.
    """
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return
    names = {item.nodeid for item in items}
    for item in items:
        on_phone = item.nodeid.replace("desktop", "phone")
        is_journey = "tests/journeys/" in item.nodeid
        is_walked = item.path.name in WALKED_EVERYWHERE and on_phone not in names - {item.nodeid}
        if item.get_closest_marker("looks") or (is_journey and not is_walked):
            item.add_marker(pytest.mark.skip(reason=ONCE))


CONTENT_MODELS = [
    Scale,
    ScalePoint,
    Source,
    CaseStudy,
    GuidePage,
    ContentDocument,
    Instrument,
    Edition,
    Dimension,
    Statement,
    SingleQuestion,
]
LOADED_CONTENT: list[list] = []
REAL_SCRYPT_COST = dict(keys.SCRYPT_COST)


@pytest.fixture(scope="session", autouse=True)
def _cheap_return_codes() -> Iterator[None]:
    """Return codes are slow to derive on purpose; tests derive thousands."""
    keys.SCRYPT_COST.update(n=2)
    yield
    keys.SCRYPT_COST.update(REAL_SCRYPT_COST)


@pytest.fixture(autouse=True)
def _nothing_kept_of_other_rounds() -> None:
    """Each test has a database of its own, so its rounds have the keys of earlier ones."""
    forget_all()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def content(db) -> None:
    """The content that ships, as `make demo` loads it.

    Reading the files takes a second, so each test process does it once and
    afterwards puts copies of the same rows back.
    """
    if LOADED_CONTENT:
        _put_content_back()
        return
    call_command("load_content", verbosity=0)
    LOADED_CONTENT.extend(list(model.objects.all()) for model in CONTENT_MODELS)


def _put_content_back() -> None:
    for model, rows in zip(CONTENT_MODELS, LOADED_CONTENT, strict=True):
        model.objects.bulk_create(copy(row) for row in rows)
    for statement in connection.ops.sequence_reset_sql(no_style(), CONTENT_MODELS):
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def facilitator(db):
    return make_user("Amara Osei")


@pytest.fixture
def signed_in(client: Client, facilitator) -> Client:
    client.force_login(facilitator)
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's Chromium; without one Playwright's own."""
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}
