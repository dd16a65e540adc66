"""Forms sent after the session ended: what was typed comes back, and nothing of it is stored.

The answer to such a POST is a page that holds the same fields again. The
person signs in beside it, in another tab, and sends them once more. So typed
text is only ever in the browser, and the view that gets it in the end asks for
rights as always.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

OUR_VIEWS = "assessments."
NOT_TYPED = {"csrfmiddlewaretoken"}
# Fields of the page itself, which nobody reads.
UNSEEN = {"seen", "step"}
LONG_TEXT = 80
# A day or a time, not the number of a choice.
LEAST_SHOWN = 5


@dataclass(frozen=True)
class TypedField:
    """`is_shown` where there is text that somebody may want to copy."""

    name: str
    value: str

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def is_said(self) -> bool:
        return self.name not in UNSEEN and bool(self.value.strip())

    @property
    def is_shown(self) -> bool:
        """A choice is sent as a number or “on”, which tells nobody anything."""
        is_text = any(sign.isalpha() for sign in self.value) and self.value != "on"
        return self.is_said and (is_text or len(self.value) >= LEAST_SHOWN)

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG_TEXT or "\n" in self.value


class SignInKeepsForms(LoginRequiredMiddleware):
    """As Django's own, which sends everybody to sign in; a form that was filled in is kept."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        return (show_typed_again(request) or refused) if refused else None


def show_typed_again(request: HttpRequest) -> HttpResponse | None:
    """The page with what was typed, or None where there is nothing to keep.

    Only for our own pages behind a sign-in, so never for a password; and only
    for what our own page sent: nobody else's page may fill in a form here.
    """
    if request.method != "POST" or not _is_ours(request) or not _was_sent_from_here(request):
        return None
    typed = list(_list_typed(request))
    if not any(field.is_said for field in typed) and not request.FILES:
        return None
    context = {"typed": typed, "files": list(request.FILES), "address": request.get_full_path()}
    response = render(request, "errors/typed_again.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _is_ours(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and match.func.__module__.startswith(OUR_VIEWS)
        and getattr(match.func, "login_required", True)
    )


def _was_sent_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _list_typed(request: HttpRequest) -> Iterator[TypedField]:
    for name, values in request.POST.lists():
        if name not in NOT_TYPED:
            yield from (TypedField(name, str(value)) for value in values)
