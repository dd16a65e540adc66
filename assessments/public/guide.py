"""The guide: short pages in reading order, the nested picture, case studies."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.models.content import Dimension, Edition
from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.public.model_picture import draw_picture


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    editions = Edition.objects.published().select_related("instrument")
    page = {
        "pages": GuidePage.objects.all(),
        "case_studies": CaseStudy.objects.all(),
        "instruments": editions.order_by("instrument__order"),
        "picture": read_picture(),
    }
    return render(request, "public/guide.html", page)


@login_not_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(GuidePage, code=code)
    pages = list(GuidePage.objects.all())
    at = pages.index(shown)
    around = {
        "before": pages[at - 1] if at > 0 else None,
        "after": pages[at + 1] if at + 1 < len(pages) else None,
    }
    shown_page = {"page": shown, "pages": pages, "links": list_links(shown), **around}
    return render(request, "public/guide_page.html", shown_page)


@login_not_required
@require_safe
def case_study(request: HttpRequest, code: str) -> HttpResponse:
    study = get_object_or_404(CaseStudy, code=code)
    published = Edition.objects.published()
    used_in = Dimension.objects.filter(edition__in=published, case_study=study)
    page = {"study": study, "used_in": used_in.select_related("edition")}
    return render(request, "public/case_study.html", page)


def list_links(page: GuidePage) -> list[dict[str, str]]:
    """The works that a page names, each with its publisher's address."""
    urls = dict(Source.objects.values_list("code", "url")) if page.links else {}
    return [
        {"text": link["text"], "url": urls.get(link["source"]) or link["url"]}
        for link in page.links
    ]


def read_picture() -> dict[str, Any] | None:
    """The nested picture with the parts of every layer, in a fixed number of queries."""
    document = ContentDocument.objects.filter(code="model_picture").first()
    if document is None:
        return None
    dimensions = Dimension.objects.filter(edition__in=Edition.objects.published())
    dimensions = dimensions.select_related("edition__instrument").prefetch_related("statements")
    return draw_picture(document.data, list(dimensions))
