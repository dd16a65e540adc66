"""Addresses of the leaders' room: the personal link, and everything that is answered."""

from django.urls import include, path

from assessments.leaders.views.devices import begin_again, give_code, go_on_blind, leave_device
from assessments.leaders.views.handing_on import hand_on
from assessments.leaders.views.join import join, join_back, join_code, join_round
from assessments.leaders.views.link import personal_link
from assessments.leaders.views.profile import own_profile
from assessments.leaders.views.promise import answer_promise
from assessments.leaders.views.review import answer_review
from assessments.leaders.views.save import save
from assessments.leaders.views.sheet import answer_dimension
from assessments.leaders.views.start import answer_home, keep_code
from assessments.leaders.views.withdraw import answer_take_back, answer_withdraw

ANSWER = "answer/<int:round_id>/"
PART = f"{ANSWER}<slug:instrument>/"

urlpatterns = [
    # First, as it is asked for most.
    path(f"{ANSWER}save/", save, name="answer_save"),
    path("try/", include("assessments.leaders.alone_urls")),
    path("a/", personal_link, name="personal_link_cut"),
    path("a/<str:token>", personal_link, name="personal_link"),
    path("join/", join, name="join"),
    path("join/<str:code>", join_code, name="join_code"),
    path(ANSWER, answer_home, name="answer_home"),
    path(f"{ANSWER}join/", join_round, name="join_round"),
    path(f"{ANSWER}join/back/", join_back, name="join_back"),
    path(f"{ANSWER}hand-on/", hand_on, name="hand_on"),
    path(f"{ANSWER}keep/", keep_code, name="keep_code"),
    path(f"{ANSWER}code/", give_code, name="give_code"),
    path(f"{ANSWER}go-on/", go_on_blind, name="go_on_blind"),
    path(f"{ANSWER}again/", begin_again, name="begin_again"),
    path(f"{ANSWER}leave/", leave_device, name="leave_device"),
    path(f"{ANSWER}promise/", answer_promise, name="answer_promise"),
    path(f"{ANSWER}withdraw/", answer_withdraw, name="answer_withdraw"),
    path(f"{PART}withdraw/", answer_take_back, name="answer_take_back"),
    path(f"{PART}review/", answer_review, name="answer_review"),
    path(f"{PART}profile/", own_profile, name="own_profile"),
    path(f"{PART}<slug:dimension>/", answer_dimension, name="answer_dimension"),
]
