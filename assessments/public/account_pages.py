"""The page of one's own account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models.partnerships import Programme
from assessments.models.users import User
from assessments.public.second_factor import has_second_factor


@require_safe
def your_account(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        raise TypeError("This page is for people with an account.")
    context = {
        "has_second_factor": has_second_factor(user),
        "needs_second_factor": user.is_staff and settings.ADMINS_NEED_SECOND_FACTOR,
        "programmes": Programme.objects.visible_to(user),
    }
    return render(request, "account/your_account.html", context)
