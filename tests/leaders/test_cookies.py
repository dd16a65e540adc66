"""Cookies: signed, of one round, and for minutes where they carry the code."""

import uuid

from django.http import HttpResponse
from django.test import RequestFactory

from assessments.leaders import cookies
from assessments.services.links import PERSON, Link


def send_back(response, **changed):
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()} | changed
    return request


def test_a_link_comes_back_as_it_was_written():
    response, link = HttpResponse(), Link(PERSON, uuid.uuid4(), 3, "leaders")
    cookies.write_link(response, 7, link)

    assert cookies.read_link(send_back(response), 7) == link


def test_a_link_of_one_round_is_nothing_in_another():
    response = HttpResponse()
    cookies.write_link(response, 7, Link(PERSON, uuid.uuid4()))

    assert cookies.read_link(send_back(response), 71) is None


def test_one_kind_of_cookie_cannot_stand_for_another():
    response = HttpResponse()
    cookies.write_blind(response, 7)
    moved = send_back(response, answer_link=response.cookies["answer_blind"].value)

    assert cookies.read_link(moved, 7) is None


def test_the_code_is_encrypted_on_its_way():
    response = HttpResponse()
    cookies.write_code(response, 7, "ABCD-EFGH-JKMN-PQRS")
    carried = response.cookies["answer_code"]

    assert "ABCD" not in carried.value
    assert carried["max-age"] == 900
    assert cookies.read_code(send_back(response), 7) == "ABCD-EFGH-JKMN-PQRS"


def test_the_code_is_gone_after_minutes(monkeypatch):
    response = HttpResponse()
    cookies.write_code(response, 7, "ABCD-EFGH-JKMN-PQRS")
    monkeypatch.setitem(cookies.LASTS, cookies.CODE, -1)

    assert cookies.read_code(send_back(response), 7) is None


def test_a_code_sealed_with_another_secret_is_nothing(settings):
    response = HttpResponse()
    cookies.write_code(response, 7, "ABCD-EFGH-JKMN-PQRS")
    settings.SECRET_KEY = "another secret of the same length, or so"

    assert cookies.read_code(send_back(response), 7) is None
