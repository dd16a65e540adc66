"""What people see when something goes wrong: plain words, the right status, no trace."""

import pytest
from django.test import Client, RequestFactory

from assessments.public import errors

REQUEST = RequestFactory().get("/")


def test_unknown_address_is_a_plain_404(client, db):
    response = client.get("/no/such/page")

    assert response.status_code == 404
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.page_not_found, 404),
    ],
)
def test_error_pages_have_their_status_and_hide_the_reason(client, db, view, status):
    request = RequestFactory().get("/")
    request.user = client.get("/").wsgi_request.user

    response = view(request, ValueError("secret detail"))

    assert response.status_code == status
    assert "secret detail" not in response.content.decode()


def test_server_error_needs_no_database():
    response = errors.server_error(REQUEST)

    assert response.status_code == 500
    assert "on our side" in response.content.decode()


def test_server_error_has_a_last_resort(monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", fail)

    response = errors.server_error(REQUEST)

    assert response.status_code == 500
    assert "Please wait a minute" in response.content.decode()


def test_expired_form_is_explained(db):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})

    assert response.status_code == 403
    assert "Traceback" not in response.content.decode()
    assert "<h1>" in response.content.decode()
