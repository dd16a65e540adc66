"""Addresses of trying a checklist alone, behind `/try/`."""

from django.urls import path

from assessments.leaders.views.alone import (
    try_delete,
    try_forget,
    try_home,
    try_link,
    try_list,
)
from assessments.leaders.views.alone_answers import try_dimension, try_save
from assessments.leaders.views.alone_result import try_copy, try_result

ONE = "<uuid:key>/"

urlpatterns = [
    path("", try_list, name="try_list"),
    path("<str:token>", try_link, name="try_link"),
    path(ONE, try_home, name="try_home"),
    path(f"{ONE}save/", try_save, name="try_save"),
    path(f"{ONE}result/", try_result, name="try_result"),
    path(f"{ONE}my-answers.csv", try_copy, name="try_copy"),
    path(f"{ONE}delete/", try_delete, name="try_delete"),
    path(f"{ONE}forget/", try_forget, name="try_forget"),
    path(f"{ONE}<slug:dimension>/", try_dimension, name="try_dimension"),
]
