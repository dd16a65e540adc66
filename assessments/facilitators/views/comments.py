"""Comments after the close, for their named readers: to everybody else this page is not there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.facilitators.comment_rows import list_parts
from assessments.facilitators.forms.base import attempt
from assessments.facilitators.forms.redacting import RedactForm
from assessments.facilitators.pages import go_to_round, show_form
from assessments.facilitators.scope import find_round, signed_in
from assessments.models.results import CollectedComment
from assessments.models.rounds import Round
from assessments.permissions import AnyUser, can_read_comments
from assessments.services.comments import (
    digest_of,
    hold_comment_back,
    list_comments,
    redact_comment,
    release_comment,
    take_back_release,
)
from assessments.services.refusals import Refused

ACTS = {
    "release": release_comment,
    "hold-back": hold_comment_back,
    "take-back": take_back_release,
}


@require_safe
def round_comments(request: HttpRequest, partnership_id: int, round_id: int) -> HttpResponse:
    round_ = find_read_round(request.user, partnership_id, round_id)
    comments = list(list_comments(round_, timezone.now()))
    context = {
        "partnership": round_.partnership,
        "round": round_,
        "parts": list_parts(comments),
        "waiting": sum(comment.state == CollectedComment.State.WAITING for comment in comments),
        "number": len(comments),
    }
    return render(request, "facilitators/comments.html", context)


@require_POST
def comment_decide(
    request: HttpRequest, partnership_id: int, round_id: int, comment_id: UUID
) -> HttpResponse:
    """Release, hold back, or take a release back; then to the comment, which says so."""
    round_ = find_read_round(request.user, partnership_id, round_id)
    comment = find_comment(round_, comment_id)
    act = ACTS.get(request.POST.get("act", ""))
    address = reverse("round_comments", args=[partnership_id, round_id])
    if act is None:
        return redirect(address)
    try:
        act(
            comment=comment,
            was=request.POST.get("was", ""),
            actor=signed_in(request.user),
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address)
    return redirect(f"{address}#comment-{comment.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def comment_redact(
    request: HttpRequest, partnership_id: int, round_id: int, comment_id: UUID
) -> HttpResponse:
    user = signed_in(request.user)
    round_ = find_read_round(user, partnership_id, round_id)
    comment = find_comment(round_, comment_id)
    form = RedactForm(request.POST or None, text=comment.text, was=digest_of(comment))
    if form.is_valid() and attempt(
        form,
        lambda: redact_comment(
            comment=comment,
            places=form.cleaned_data["places"],
            was=form.cleaned_data["was"],
            actor=user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, "The words are taken out. Nobody can bring them back.")
        return go_to_round(round_, "round_comments")
    return show_form(
        request,
        form,
        title="Take words out",
        button="Take the marked words out for good",
        back=reverse("round_comments", args=[partnership_id, round_id]),
        template="facilitators/comment_redact.html",
        partnership=round_.partnership,
        round=round_,
        comment=comment,
    )


def find_read_round(user: AnyUser, partnership_id: int, round_id: int) -> Round:
    """404 for everybody but the readers named at the opening, and before the close."""
    round_ = find_round(user, partnership_id, round_id)
    if not can_read_comments(user, round_):
        raise Http404
    return round_


def find_comment(round_: Round, comment_id: UUID) -> CollectedComment:
    return get_object_or_404(list_comments(round_, timezone.now()), pk=comment_id)
