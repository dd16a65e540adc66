"""Home, promises, credits, and whether the server is well."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.models.content import Dimension, Edition
from assessments.models.guide import ContentDocument, Source

# Personal links and everything behind them are for nobody's index.
ROBOTS = """\
User-agent: *
Disallow: /a/
Disallow: /answer/
Disallow: /accounts/
Disallow: /admin/
Disallow: /content/
Disallow: /partnerships/
Disallow: /try/
Allow: /try/$
"""


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    edition = Edition.objects.published().filter(instrument__code="five_factors").first()
    factors = Dimension.objects.filter(edition=edition) if edition else Dimension.objects.none()
    return render(request, "public/home.html", {"edition": edition, "factors": factors})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    attribution = ContentDocument.objects.filter(code="attribution").first()
    page = {
        "sources": Source.objects.all(),
        "short_credit": attribution and attribution.data["short_credit_for_footer"],
    }
    return render(request, "public/sources.html", page)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For a monitor: 200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database down", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain")
