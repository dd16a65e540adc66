"""When something goes wrong: what happened, what to do, the right status, no trace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from assessments.public.context import site
from assessments.public.kept_forms import show_typed_again

LAST_RESORT = (
    "Something went wrong on our side. Nothing that the page called saved is lost. "
    "Please wait a minute and try again."
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or cookies are off. `reason` is for logs, not for people."""
    return show_typed_again(request) or render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request, so that no context processor asks a database that may be down."""
    try:
        return HttpResponse(render_to_string("errors/500.html", site()), status=500)
    except Exception:
        return HttpResponse(LAST_RESORT, status=500, content_type="text/plain; charset=utf-8")
