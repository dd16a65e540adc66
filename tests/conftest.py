"""Shared fixtures: loaded content, moments, and a signed-in client."""

import os
from datetime import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.factories import make_user

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture()
def now() -> datetime:
    return timezone.now()


@pytest.fixture()
def content(db) -> None:
    """The content that ships, loaded as `make demo` loads it."""
    call_command("load_content", verbosity=0)


@pytest.fixture()
def facilitator(db):
    return make_user("Amara Osei")


@pytest.fixture()
def signed_in(client: Client, facilitator) -> Client:
    client.force_login(facilitator)
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, or another one that CHROMIUM names."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": BROWSER_FLAGS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}
