"""Error reports show no posted field, cookie or local variable."""

import sys

import pytest
from django.test import RequestFactory
from django.views.debug import ExceptionReporter, get_exception_reporter_filter

from leadership_app.reports import HideEverythingPosted

SECRET = "petunia"


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
        return ExceptionReporter(request, *sys.exc_info())


def test_the_filter_is_the_one_in_use(rf):
    assert isinstance(get_exception_reporter_filter(rf.get("/")), HideEverythingPosted)


@pytest.mark.parametrize("form", ["get_traceback_text", "get_traceback_html"])
def test_a_report_hides_what_was_posted_and_every_variable(request_with_secrets, form):
    report = getattr(report_on(request_with_secrets), form)()

    assert SECRET not in report
    assert "ValueError" in report
