"""Error reports show no posted field, cookie, local variable or token of a link; logs no token."""

import logging
import sys

import pytest
from django.test import RequestFactory
from django.views.debug import (
    ExceptionReporter,
    get_exception_reporter_class,
    get_exception_reporter_filter,
)

from leadership_app.reports import HideEverythingPosted, MaskedReport, MaskTokens, mask_tokens

SECRET = "petunia"
TOKEN = "zQ3" * 14 + "x"
PATHS = [
    f"/a/{TOKEN}",
    f"/try/{TOKEN}",
    f"/try/{TOKEN}/save/",
    f"/try/{TOKEN}?again=1",
    f"/invited/{TOKEN}",
]


@pytest.fixture
def request_with_secrets(rf: RequestFactory):
    request = rf.post("/answer/1/save/", {"comment": SECRET, "SV1": "4"})
    request.COOKIES["reader"] = SECRET
    return request


def fail(comment: str) -> None:
    raise ValueError("something else")


def report_on(request) -> ExceptionReporter:
    try:
        fail(SECRET)
    except ValueError:
        return get_exception_reporter_class(request)(request, *sys.exc_info())


def test_the_filter_is_the_one_in_use(rf):
    assert isinstance(get_exception_reporter_filter(rf.get("/")), HideEverythingPosted)


@pytest.mark.parametrize("form", ["get_traceback_text", "get_traceback_html"])
def test_a_report_hides_what_was_posted_and_every_variable(request_with_secrets, form):
    report = getattr(report_on(request_with_secrets), form)()

    assert SECRET not in report
    assert "ValueError" in report


@pytest.mark.parametrize("path", PATHS)
def test_no_token_of_a_link_gets_into_a_log_line(path):
    line = f'203.0.113.9 "GET {path} HTTP/1.1" 200 "https://check.example.org{path}"'
    record = logging.LogRecord("django.server", 20, "", 0, "%s", (line,), None)

    MaskTokens().filter(record)

    assert TOKEN not in record.getMessage()
    assert record.getMessage().count("hidden") == 2


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["get_traceback_text", "get_traceback_html"])
def test_no_token_of_a_link_gets_into_a_report(rf, path, form):
    request = rf.get(path, HTTP_REFERER=f"https://check.example.org{path}")

    report = getattr(report_on(request), form)()

    assert TOKEN not in report
    assert "hidden" in report


def test_the_masked_report_is_the_one_in_use(rf):
    assert get_exception_reporter_class(rf.get("/")) is MaskedReport


def test_other_addresses_stay_as_they_are():
    line = "GET /try/ and /a/ and /entry/abc and /about"

    assert mask_tokens(line) == line
