"""Addresses below /accounts/ that are ours, and the two that single sign-on needs."""

from allauth.socialaccount import views as social
from django.urls import path
from django.views.generic import RedirectView

from assessments.public import account_pages

urlpatterns = [
    path("", account_pages.your_account, name="your_account"),
    path("email/", RedirectView.as_view(pattern_name="your_account"), name="account_email"),
    path("sso/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error/", social.login_error, name="socialaccount_login_error"),
]
