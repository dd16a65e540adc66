"""Who may have an account: only people whom an admin invites."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from assessments.models.partnerships import Facilitation
from assessments.permissions import can_edit_content


class InvitedOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Editors who run no round begin at the content, everybody else at their partnerships."""
        user = request.user
        if user.is_authenticated and can_edit_content(user):
            runs_rounds = Facilitation.objects.filter(user=user).exists()
            return reverse("partnership_list" if runs_rounds else "content_list")
        return str(super().get_login_redirect_url(request))
