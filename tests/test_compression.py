"""Pages travel compressed; a page that shows a secret does not."""

import gzip
import secrets
from uuid import uuid4

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse

from assessments.services import keys
from leadership_app.compression import CompressPages, may_be_compressed

LONG = "<p>Words that are said again and again.</p>" * 40
GZIP = {"accept-encoding": "gzip, deflate, br"}
TIMES = 50


def test_a_page_is_compressed_for_those_who_can_read_it(client, db):
    packed, plain = client.get(reverse("home"), headers=GZIP), client.get(reverse("home"))

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert b"<h1" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain.headers


def test_the_same_page_is_never_the_same_number_of_bytes():
    sizes = {len(pass_through(HttpResponse(LONG)).content) for _ in range(TIMES)}

    assert len(sizes) > 5


def test_no_return_code_is_compressed():
    for _ in range(TIMES):
        assert not may_be_compressed(HttpResponse(f"<b>{keys.make_return_code()}</b>{LONG}"))


def test_no_link_of_a_person_or_a_slip_is_compressed():
    for _ in range(TIMES):
        person = keys.make_token(round_key=b"k" * 32, participant_id=uuid4(), version=1)
        slip = keys.make_ticket_token(round_key=b"k" * 32, ticket_id=uuid4())

        for token in (person, slip):
            assert not may_be_compressed(HttpResponse(f"{LONG}<input value='{token}'>"))
            assert not may_be_compressed(HttpResponse(f"{LONG}?place={token}&x"))
        assert not may_be_compressed(HttpResponse(f'{LONG}<a href="/a/{person[:12]}">'))


def test_no_link_of_a_try_is_compressed():
    for _ in range(TIMES):
        token = secrets.token_urlsafe(32)

        assert not may_be_compressed(HttpResponse(f'{LONG}<a href="/try/{token}/">'))


@pytest.mark.parametrize(
    "words",
    [
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'.format("aZ3" * 21 + "k"),
        '<label for="id_a-long-name-of-some-field-on-a-form-here">'.replace("_", "-"),
        '<link href="/static/css/site.1a2b3c4d5e6f.css">',
        "2026-10-01 0123 4567 89AB CDEF",
    ],
)
def test_what_only_looks_a_little_like_a_secret_is_compressed(words):
    response = pass_through(HttpResponse(words + LONG))

    assert response.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(LONG, content_type="text/csv"),
        HttpResponse(LONG, content_type="application/json"),
        StreamingHttpResponse([LONG]),
        HttpResponse("<p>Short.</p>"),
    ],
)
def test_only_whole_pages_are_compressed(response):
    assert "Content-Encoding" not in pass_through(response).headers


def pass_through(response):
    request = RequestFactory().get("/", headers=GZIP)
    return CompressPages(lambda request: response)(request)
