"""The app's own addresses, and beside them a page with nothing on it but its frame."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from leadership_app.urls import urlpatterns as app_patterns


@login_not_required
def show_empty(request: HttpRequest) -> HttpResponse:
    """The base template of an answering page, behind the same middleware."""
    response = render(request, "leaders/_page.html")
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [*app_patterns, path("empty/", show_empty)]
