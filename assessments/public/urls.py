"""Addresses that anyone may open: home, guide, promises, credits, health."""

from django.urls import path

from assessments.public import guide, views

urlpatterns = [
    path("", views.home, name="home"),
    path("guide/", guide.index, name="guide"),
    path("guide/stories/<slug:code>/", guide.case_study, name="case_study"),
    path("guide/<slug:code>/", guide.page, name="guide_page"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("sources/", views.sources, name="sources"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
]
