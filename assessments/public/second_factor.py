"""A second factor beside the password: offered to everybody, required of admins."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from nacl.secret import SecretBox

from assessments.models.users import User
from assessments.public.context import SITE_NAME

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SET_ONE_UP = (
    "You may edit content and accounts, so your own account needs a second factor. "
    "Set one up here, then go on."
)


def has_second_factor(user: AbstractBaseUser) -> bool:
    """An authenticator app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user.pk, type__in=FACTORS).exists()


class AdminsNeedSecondFactor:
    """Sends an admin without a second factor to set one up, before any page that needs sign-in.

    Signing in asks for it from then on, so having one set up is enough here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: Any
    ) -> HttpResponse | None:
        # Public pages first: they never look at who is signed in.
        if not settings.ADMINS_NEED_SECOND_FACTOR or not getattr(view, "login_required", True):
            return None
        if not _is_admin(request) or _is_account_page(request):
            return None
        if has_second_factor(request.user):  # type: ignore[arg-type]
            return None
        messages.info(request, SET_ONE_UP)
        return redirect("mfa_index")


def _is_admin(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_staff


def _is_account_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.route.startswith("accounts/")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the site, and keeps what codes are made from encrypted.

    The key needs the environment's secret: a stolen database makes no code.
    """

    def get_totp_issuer(self) -> str:
        return SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": SITE_NAME}

    def encrypt(self, text: str) -> str:
        return base64.b64encode(_box().encrypt(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(base64.b64decode(encrypted_text)).decode()


def _box() -> SecretBox:
    words = f"second factor|{settings.ANSWER_SECRET}"
    return SecretBox(hashlib.sha256(words.encode()).digest())
