"""Programmes: joining and leaving by a partnership's owner, and numbers for its leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.facilitators.scope import find_partnership, signed_in
from assessments.models.partnerships import Programme
from assessments.permissions import is_owner, require
from assessments.services.programmes import join_programme, leave_programme, read_progress


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    programmes = Programme.objects.visible_to(signed_in(request.user))
    return render(request, "facilitators/programme_list.html", {"programmes": programmes})


@require_safe
def programme_detail(request: HttpRequest, programme_id: int) -> HttpResponse:
    programmes = Programme.objects.visible_to(signed_in(request.user))
    programme = get_object_or_404(programmes, pk=programme_id)
    context = {"programme": programme, "progress": read_progress(programme)}
    return render(request, "facilitators/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_consent(request: HttpRequest, partnership_id: int, programme_id: int) -> HttpResponse:
    """Joins, or leaves when it has joined: the page says which, and the form says it back."""
    user = signed_in(request.user)
    partnership = find_partnership(user, partnership_id)
    require(is_owner(user, partnership))
    programme = get_object_or_404(Programme, pk=programme_id)
    if request.method == "POST":
        leaves = request.POST.get("act") == "leave"
        act = leave_programme if leaves else join_programme
        act(programme=programme, partnership=partnership, actor=user, now=timezone.now())
        messages.success(
            request, f"{partnership} has {'left' if leaves else 'joined'} {programme}."
        )
        return redirect("team", partnership.pk)
    context = {
        "partnership": partnership,
        "programme": programme,
        "has_joined": partnership.programmes.filter(pk=programme.pk).exists(),
    }
    return render(request, "facilitators/programme_consent.html", context)
