"""Who may have an account: only people who were invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from assessments.models.partnerships import Facilitation, Programme
from assessments.models.users import User
from assessments.permissions import can_edit_content


class InvitedOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """People who run no round begin at what they do: content, or programmes."""
        user = request.user
        if not isinstance(user, User) or Facilitation.objects.filter(user=user).exists():
            return reverse("partnership_list")
        if can_edit_content(user):
            return reverse("content_list")
        leads = Programme.objects.visible_to(user).exists()
        return reverse("programme_list" if leads else "partnership_list")
