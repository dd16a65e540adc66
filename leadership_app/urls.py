"""Every way in. Each room brings its own table."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("assessments.public.urls")),
    path("", include("assessments.leaders.urls")),
    path("partnerships/", include("assessments.facilitators.urls")),
    path("content/", include("assessments.editors.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]

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
