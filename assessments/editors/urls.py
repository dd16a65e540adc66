"""Addresses of the editors' room. Django's admin stands beside it at /admin/."""

from django.urls import path

# The first two register content and accounts in Django's admin, whose own table is read later.
from assessments.editors import accounts, admin, views  # noqa: F401

urlpatterns = [
    path("", views.content_list, name="content_list"),
    path("editions/<int:edition_id>/", views.preview, name="edition_preview"),
    path("editions/<int:edition_id>/publish/", views.publish, name="edition_publish"),
    path("<slug:code>/next/", views.start_next, name="edition_start"),
]
