"""Forms sent after the session ended: typed text comes back, and goes nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models.partnerships import Partnership
from tests.factories import make_partnership, make_user

HERE = {"origin": "http://testserver"}
TYPED = {"name": "Northvale", "about": "First line.\nSecond <b>line</b>.", "seen": "abc"}


@pytest.fixture
def url(facilitator):
    partnership = make_partnership(facilitator, "Old name")
    return reverse("partnership_edit", args=[partnership.pk])


def send(client, url, typed=TYPED, headers=HERE):
    return client.post(url, typed, headers=headers)


def test_what_was_typed_comes_back_to_be_sent_again(client, url, facilitator):
    told = send(client, url)

    text = told.content.decode()
    assert told.status_code == 403
    assert "no-store" in told["Cache-Control"]
    assert f'action="{url}"' in text
    assert 'name="name" value="Northvale"' in text
    assert "First line.\nSecond &lt;b&gt;line&lt;/b&gt;.</textarea>" in text
    assert 'type="hidden" name="seen" value="abc"' in text
    assert reverse("account_login") in text
    assert Partnership.objects.get().name == "Old name"


def test_the_number_of_a_choice_is_sent_again_and_not_shown(client, url):
    text = send(client, url, {"name": "Kim", "sector": "2", "ends_on": "2027-01-02"})
    text = text.content.decode()

    assert 'type="hidden" name="sector" value="2"' in text
    assert "Kim" in text
    assert "Ends on</label>" in text
    assert "Sector</label>" not in text


def test_a_new_token_after_signing_in_again_costs_nothing_typed(url, facilitator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator)

    told = send(client, url)

    assert told.status_code == 403
    assert "You signed in again" in told.content.decode()
    assert 'name="name" value="Northvale"' in told.content.decode()
    token = str(told.context["csrf_token"])
    again = send(client, url, TYPED | {"csrfmiddlewaretoken": token})
    assert again.status_code == 422
    assert "Somebody saved this" in again.content.decode()


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}])
def test_nobody_elses_page_can_fill_in_a_form_here(url, facilitator, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator)

    for sender in (client, Client()):
        assert "Northvale" not in send(sender, url, headers=headers).content.decode()


def test_an_empty_form_leads_to_signing_in(client, url):
    response = send(client, url, {"csrfmiddlewaretoken": "x", "step": "add", "name": " "})

    assert response.status_code == 302


def test_a_password_never_comes_back(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    typed = {"login": "a@example.org", "password": "secret-word", "oldpassword": "secret-word"}

    for name in ("account_login", "account_change_password"):
        response = send(client, reverse(name), typed)
        assert "secret-word" not in response.content.decode()
        assert "data-fresh-token" not in response.content.decode()


def test_a_page_for_everybody_takes_its_form_as_before(client, url):
    assert send(client, reverse("join"), {"code": "ABCD"}).status_code != 403
