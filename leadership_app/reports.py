"""Keeps tokens and answers out of logs and error reports."""

import logging
import re
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

# Personal links, private links of those who try a checklist alone, invitations to a role.
TOKEN_IN_PATH = re.compile(r"(/(?:a|try|invited)/)[^/\s\"'?&<]+")
HIDDEN = "hidden"


def mask_tokens(text: str) -> str:
    """The text with the token of every personal or private link replaced."""
    return TOKEN_IN_PATH.sub(rf"\1{HIDDEN}", text)


class MaskTokens(logging.Filter):
    """Masks such links in every log line, whoever writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask_tokens(record.getMessage())
        record.args = None
        if record.exc_info:
            # A trace can hold values of local variables only in reports, but
            # an exception's own words may quote a path.
            record.exc_text = mask_tokens(logging.Formatter().formatException(record.exc_info))
        return True


class HideEverythingPosted(SafeExceptionReporterFilter):
    """Error reports show no posted field, cookie or local variable."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        return dict.fromkeys(request.POST, HIDDEN)

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        return dict.fromkeys(request.COOKIES, HIDDEN)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, HIDDEN).items()


class MaskedReport(ExceptionReporter):
    """Error reports quote the address that failed, and where somebody came from."""

    def get_traceback_html(self) -> SafeString:
        return SafeString(mask_tokens(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        return SafeString(mask_tokens(super().get_traceback_text()))
