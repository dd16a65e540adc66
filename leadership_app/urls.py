"""Every way in. Each room brings its own table."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("assessments.public.urls")),
    path("", include("assessments.leaders.urls")),
    path("partnerships/", include("assessments.facilitators.urls")),
    path("content/", include("assessments.editors.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "assessments.public.errors.bad_request"
handler403 = "assessments.public.errors.permission_denied"
handler404 = "assessments.public.errors.page_not_found"
handler500 = "assessments.public.errors.server_error"
