"""The personal link: reading changes nothing, and what is wrong is said plainly."""

import re
from datetime import timedelta

import pytest
from django.core import serializers
from django.test import Client
from django.utils import timezone

from assessments.models.responses import Answer, Response, Sitting
from assessments.models.rounds import Participant, ParticipantState, Round
from assessments.services.closing import close_round
from assessments.services.rosters import issue_new_link, remove_person
from tests.factories import make_open_round, owner_of
from tests.leaders.device import Device


def everything():
    models = [Round, Participant, ParticipantState, Response, Sitting, Answer]
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in models]


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_the_link_changes_no_row_and_sets_no_way_in(device, method):
    before = everything()
    scanner = Client()

    response = getattr(scanner, method)(device.link)

    assert response.status_code == 200
    assert everything() == before
    assert [name for name in scanner.cookies if name.startswith("answer_")] == []


def test_the_link_opens_by_post_and_leaves_the_address(device):
    fresh = Client()

    response = fresh.post(device.link)

    assert (response.status_code, response["Location"]) == (302, device.home)
    cookie = response.cookies["answer_link"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (device.home, True, "Lax")
    assert device.link.split("/")[-1] not in cookie.value


def test_cookies_are_secure_over_https(device, settings):
    settings.SESSION_COOKIE_SECURE = True

    response = Client().post(device.link)

    assert response.cookies["answer_link"]["secure"] is True


def test_the_page_sends_no_path_to_others_and_is_not_kept(device):
    response = device.client.get(device.link)

    assert response["Referrer-Policy"] == "strict-origin"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("change", [lambda link: link[:-5], lambda link: link + "x"])
def test_a_wrong_or_cut_link_says_what_to_do(device, change):
    response = device.client.get(change(device.link))

    assert response.status_code == 404
    assert b"What may have happened" in response.content
    assert response["Referrer-Policy"] == "strict-origin"


def test_a_link_cut_to_nothing_gets_the_same_page(db, client):
    response = client.get("/a/")

    assert response.status_code == 404
    assert b"What may have happened" in response.content


def test_the_old_link_is_dead_after_a_new_one(begun, person):
    old, now = begun.link, timezone.now()

    issue_new_link(participant=person, actor=owner_of(person.round.partnership), now=now)

    assert begun.client.get(old).status_code == 410
    assert begun.client.post(old).status_code == 410
    assert begun.client.get(begun.home).status_code == 403
    assert begun.save(begun.items()[0], 4).status_code == 403
    assert begun.client.get(begun.link).status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_replaced_link_says_so_and_whom_to_ask(begun, person, method):
    old, owner = begun.link, owner_of(person.round.partnership)
    begun.save(begun.items()[0], 4)
    for _ in range(2):
        issue_new_link(participant=person, actor=owner, now=timezone.now())
    before = everything()

    response = getattr(Client(), method)(old)

    page = response.content.decode()
    assert response.status_code == 410
    assert response["Referrer-Policy"] == "strict-origin"
    assert method == "head" or ("This link was replaced" in page and owner.name in page)
    assert person.name not in page
    assert everything() == before


def test_the_link_of_somebody_taken_off_the_list_says_so(begun, person):
    old, owner = begun.link, owner_of(person.round.partnership)
    begun.save(begun.items()[0], 4)

    remove_person(participant=person, actor=owner, now=timezone.now())

    page = begun.client.get(old)
    assert page.status_code == 410
    assert b"You have been taken off this list" in page.content
    assert b"What you had begun was deleted" in page.content
    home = begun.client.get(begun.home)
    assert home.status_code == 403
    assert b"you were taken off the list" in home.content
    assert Answer.objects.count() == 0


def test_a_link_that_never_was_is_unknown_even_while_others_are_retired(begun, person):
    issue_new_link(participant=person, actor=owner_of(person.round.partnership), now=timezone.now())

    assert Client().get("/a/" + "x" * 43).status_code == 404


def test_a_round_that_is_due_but_not_closed_takes_nothing(begun, round_):
    item = begun.items()[0]
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now() - timedelta(minutes=1))

    assert b"has ended" in begun.client.get(begun.link).content
    assert begun.client.get(begun.home).status_code == 200
    assert begun.client.get(begun.page()).status_code == 410
    assert begun.save(item, 4).status_code == 410
    assert not Answer.objects.exists()


def test_the_link_of_a_closed_round_says_that_it_has_closed(device, round_):
    link = device.link
    close_round(round_=round_, actor=None, now=timezone.now() + timedelta(days=30))

    response = device.client.get(link)

    assert response.status_code == 200
    assert b"This round has closed" in response.content


def test_the_link_of_another_round_opens_nothing_here(device, round_):
    other = make_open_round()

    response = device.client.get(f"/answer/{other.pk}/")

    assert response.status_code == 403
    assert b"open your personal link" in response.content


def test_a_round_that_does_not_exist_says_no_more_than_a_foreign_one(device):
    foreign = make_open_round()
    device.client.cookies.clear()

    pages = [device.client.get(f"/answer/{number}/") for number in (foreign.pk, 987654)]

    assert [page.status_code for page in pages] == [403, 403]
    assert pages[0].content == pages[1].content


def test_no_page_of_a_leader_makes_a_session_row(begun):
    from django.contrib.sessions.models import Session

    begun.client.get(begun.page())
    begun.save(begun.items()[0], 4)
    begun.submit()

    assert Session.objects.count() == 0
    assert "sessionid" not in begun.client.cookies


def test_the_link_page_of_somebody_who_began_offers_to_go_on(begun):
    begun.save(begun.items()[0], 4)

    page = Device(begun.person).client.get(begun.link).content.decode()

    assert "Go on where you were" in page
    assert re.search(r"Your 1\s+answer is kept", page)
