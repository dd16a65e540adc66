"""A mail provider's webhook: with its secret alone, and only that an address does not work."""

import base64
import json
import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import include, path

from assessments.models.mail import OutgoingMail
from assessments.services.provider_news import receive_news
from leadership_app.mail_provider import SECRET, list_webhooks
from tests.factories import make_open_round

anymail = pytest.importorskip("anymail.signals")

NAME_AND_PASSWORD = "provider:only-for-tests-of-this"
urlpatterns = [path("mail-provider/", include(list_webhooks("postmark")))]


@pytest.fixture
def row(content, now, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": NAME_AND_PASSWORD}
    settings.ROOT_URLCONF = __name__
    anymail.tracking.connect(receive_news)
    person = make_open_round(people=1).participants.get()
    yield OutgoingMail.objects.create(
        participant=person,
        template="invitation",
        status="sent",
        next_try_at=now,
        provider_id="883953f4-6105-42a2-a16a-77a8eac79483",
    )
    anymail.tracking.disconnect(receive_news)


def tell(row, *, name_and_password=NAME_AND_PASSWORD, **fields):
    news = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "MessageID": row.provider_id,
        "Email": row.participant.email,
        "BouncedAt": "2026-11-05T16:33:54Z",
        "Description": "The server was unable to deliver your message",
        "Content": "the whole message with its link",
    }
    secret = base64.b64encode(name_and_password.encode()).decode()
    return Client().post(
        "/mail-provider/postmark/tracking/",
        json.dumps(news | fields),
        content_type="application/json",
        headers={"Authorization": f"Basic {secret}"},
    )


def stored(row):
    row.refresh_from_db()
    row.participant.refresh_from_db()
    return row.status, row.participant.has_bounced


def test_a_bounce_marks_the_message_and_the_person_and_keeps_no_word(row):
    assert tell(row).status_code == 200

    assert stored(row) == ("bounced", True)
    assert row.failure == "It came back from this address."


def test_nobody_without_the_secret_is_believed(row):
    assert tell(row, name_and_password="provider:guessed-by-somebody").status_code == 400

    assert stored(row) == ("sent", False)


@pytest.mark.parametrize(
    "fields",
    [
        {"MessageID": "another"},
        {"Email": "other@example.org"},
        {"RecordType": "Open", "Recipient": "leader@example.org"},
    ],
)
def test_other_news_changes_nothing(row, fields):
    assert tell(row, **fields).status_code == 200

    assert stored(row) == ("sent", False)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"MAIL_PROVIDER": "nobody"}, "django-anymail knows no 'nobody'"),
        ({"MAIL_PROVIDER": "postmark"}, f"{SECRET} must be a name, a colon and a password"),
        ({"MAIL_PROVIDER": "postmark", SECRET: "short:one"}, f"{SECRET} must be a name"),
    ],
)
def test_a_provider_that_cannot_work_stops_the_start(environment, words):
    assert words in start(environment).stderr


def test_a_provider_that_is_set_sends_and_has_its_one_webhook():
    done = start({"MAIL_PROVIDER": "postmark", SECRET: NAME_AND_PASSWORD})

    assert done.stdout.split() == [
        "anymail.backends.postmark.EmailBackend",
        "True",
        "/mail-provider/postmark/tracking/",
    ]


def start(environment):
    """In a process of its own: settings are read once."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.urls import reverse\n"
        "print(settings.EMAIL_BACKEND, settings.CAN_SEND_MAIL)\n"
        "print(reverse('postmark_tracking_webhook'))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "leadership_app.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
