"""What there is to edit, how it will read, and publishing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models.content import Edition, Instrument
from assessments.models.guide import ContentDocument
from assessments.models.users import User
from assessments.permissions import can_edit_content, require
from assessments.services.content import check_edition, publish_edition, start_next_edition
from assessments.services.refusals import Refused


@require_safe
def content_list(request: HttpRequest) -> HttpResponse:
    require(can_edit_content(request.user))
    documents = ContentDocument.objects.in_bulk(["attribution", "writing_rules"], field_name="code")
    page = {
        "instruments": Instrument.objects.prefetch_related("editions"),
        "credit_rules": documents["attribution"].data["rules"] if documents else [],
        "writing_rules": documents["writing_rules"].data if documents else [],
    }
    return render(request, "editors/content_list.html", page)


@require_safe
def preview(request: HttpRequest, edition_id: int) -> HttpResponse:
    """An edition as the people who answer will read it; nothing can be sent."""
    require(can_edit_content(request.user))
    edition = get_object_or_404(Edition.objects.with_content(), pk=edition_id)

    return render(request, "editors/preview.html", {"edition": edition})


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, edition_id: int) -> HttpResponse:
    """What publishing does and whether the draft is ready; POST publishes it."""
    user = require_editor(request)
    edition = get_object_or_404(Edition.objects.with_content(), pk=edition_id)
    if request.method == "POST":
        try:
            publish_edition(edition=edition, actor=user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{edition} is published. New rounds will use it.")
            return redirect("content_list")

    page = {"edition": edition, "reasons": check_edition(edition)}
    return render(request, "editors/publish.html", page)


@require_POST
def start_next(request: HttpRequest, code: str) -> HttpResponse:
    user = require_editor(request)
    instrument = get_object_or_404(Instrument, code=code)
    try:
        draft = start_next_edition(instrument=instrument, actor=user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("content_list")
    messages.success(request, f"{draft} is begun, with every word of the edition before.")
    return redirect("admin:assessments_edition_change", draft.pk)


def require_editor(request: HttpRequest) -> User:
    require(can_edit_content(request.user))
    assert isinstance(request.user, User)
    return request.user
