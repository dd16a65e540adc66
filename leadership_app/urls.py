"""Every way in. Each room brings its own table."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from assessments.facilitators.team_urls import of_a_team, of_invitations, of_programmes
from leadership_app.mail_provider import list_webhooks

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("assessments.public.urls")),
    path("", include("assessments.leaders.urls")),
    path("partnerships/", include("assessments.facilitators.urls")),
    path("partnerships/<int:partnership_id>/team/", include(of_a_team)),
    path("programmes/", include(of_programmes)),
    path("invited/", include(of_invitations)),
    path("content/", include("assessments.editors.urls")),
    # Before the package's own, so that nobody adds an address by themselves.
    path("accounts/", include("assessments.public.account_urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("admin/", admin.site.urls),
]

if settings.MAIL_PROVIDER:
    urlpatterns += [path("mail-provider/", include(list_webhooks(settings.MAIL_PROVIDER)))]

if settings.IS_DEMO:
    # Late, so that a real installation does not even load the way in.
    from assessments.public import demo

    urlpatterns += [
        path("demo/leader/", demo.open_a_personal_link, name="demo_leader"),
        path("demo/facilitator/", demo.sign_in_as_facilitator, name="demo_facilitator"),
        path("demo/admin/", demo.sign_in_as_admin, name="demo_admin"),
    ]

handler400 = "assessments.public.errors.bad_request"
handler403 = "assessments.public.errors.permission_denied"
handler404 = "assessments.public.errors.page_not_found"
handler500 = "assessments.public.errors.server_error"
