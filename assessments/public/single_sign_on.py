"""Single sign-on: a way in for people who have an account, and no way to get one."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from django.http import HttpRequest
from django.shortcuts import render

from assessments.models.users import User


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuses everybody but the owner of a verified address that has an account here.

        The same words for an unknown address and for one that is not verified.
        Joining an identity to an account is refused too: the address decides,
        every time.
        """
        if sociallogin.state.get("process") != "login" or not _is_their_address(sociallogin):
            page = render(request, "socialaccount/refused.html", status=403)
            raise ImmediateHttpResponse(page)

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """Those of the settings alone: nobody adds a way in through the database."""
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for of_a_provider in apps.values() for app in of_a_provider]


def _is_their_address(sociallogin: Any) -> bool:
    user = sociallogin.user if sociallogin.is_existing else None
    if not isinstance(user, User):
        return False
    # `is True`, because some providers send the word "false", which is true.
    verified = {item.email.lower() for item in sociallogin.email_addresses if item.verified is True}
    return user.email.lower() in verified
