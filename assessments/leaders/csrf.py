"""A CSRF check whose failure costs no typed text.

Pages that hold typed text are not kept by the browser (no store), so going
back after a failure would find them empty. Such a view is exempt from the
middleware, asks here instead, and shows what was typed again with a fresh token.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden(reason)


def is_forged(request: HttpRequest) -> bool:
    """True when the middleware would have refused this request."""
    check = _Check(_answer_nothing)
    check.process_request(request)
    return check.process_view(request, _answer_nothing, (), {}) is not None


def _answer_nothing(*args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
