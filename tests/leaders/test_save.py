"""Saving one answer as it is given."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models.responses import Answer, Comment
from assessments.models.rounds import Round
from assessments.services.answering import offers
from assessments.services.closing import close_round
from tests.factories import make_open_round
from tests.leaders.device import Device

# What a new connection says first.
SETTING_UP = ("PRAGMA", "SET")


def test_an_answer_is_saved_with_its_revision(begun):
    item = begun.items()[0]

    first = begun.save(item, 4)
    second = begun.save(item, 2, was=first.json()["was"])

    assert first.json() == {"state": "saved", "was": "1:4"}
    assert second.json() == {"state": "saved", "was": "2:2"}
    assert Answer.objects.get().value == 2


def test_a_repeated_request_is_saved_once(begun):
    item = begun.items()[0]

    answers = [begun.save(item, 4).json() for _ in range(3)]

    assert answers == [{"state": "saved", "was": "1:4"}] * 3
    assert Answer.objects.get().revision == 1


def test_a_second_tab_with_an_older_page_does_not_overwrite(begun):
    item = begun.items()[0]
    begun.save(item, 4)
    begun.save(item, 5, was="1:4")

    late = begun.save(item, 1, was="1:4")

    assert late.status_code == 409
    assert late.json()["state"] == "clash"
    assert "another tab" in late.json()["message"]
    assert Answer.objects.get().value == 5


def test_a_tab_that_knew_of_no_answer_does_not_overwrite(begun):
    item = begun.items()[0]
    begun.save(item, 4)

    assert begun.save(item, 1, was="").status_code == 409
    assert Answer.objects.get().value == 4


@pytest.mark.parametrize("value", [0, 6, -1, -4, 10**30])
def test_a_value_that_the_scale_does_not_offer_is_refused(begun, value):
    response = begun.save(begun.items()[0], value)

    assert response.status_code == 400
    assert not Answer.objects.exists()


def test_an_item_of_another_round_is_refused(begun):
    other = make_open_round()
    foreign = other.items.first()

    assert begun.save(foreign, 4).status_code == 400
    assert not Answer.objects.exists()


@pytest.mark.parametrize("value", [-2, -3])
def test_dont_know_and_not_applicable_are_answers(begun, value):
    assert begun.save(begun.items()[0], value).status_code == 200


@pytest.mark.parametrize(
    "body",
    ["", "[]", "7", "{}", '{"item": 1}', '{"item": "x", "value": 1}', "[" * 15000, "x" * 30000],
)
def test_nonsense_is_refused_plainly(begun, body):
    response = begun.client.post(begun.at("answer_save"), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["message"]


def test_saving_after_the_close_is_refused(begun, round_):
    item = begun.items()[0]
    close_round(round_=round_, actor=None, now=timezone.now() + timedelta(days=30))

    response = begun.save(item, 4)

    # The key is gone with the close, so there is no holder's claim any more.
    assert response.status_code == 410
    assert response.json()["state"] == "closed"


def test_saving_after_the_end_is_refused(begun, round_):
    item = begun.items()[0]
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now())

    assert begun.save(item, 4).status_code == 410


def test_saving_without_a_link_is_refused_and_says_how_to_go_on(begun):
    item = begun.items()[0]
    begun.client.cookies.clear()

    response = begun.save(item, 4)

    assert response.status_code == 403
    assert response.json()["state"] == "no_link"


def test_saving_before_confirming_is_refused(device):
    assert device.save(device.items()[0], 4).status_code == 409


def test_saving_needs_the_token_against_forgery(begun):
    item = begun.items()[0]
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = begun.client.cookies
    body = json.dumps({"item": item.pk, "value": 4, "was": ""})

    response = forger.post(begun.at("answer_save"), body, content_type="application/json")

    assert response.status_code == 403
    assert not Answer.objects.exists()


def count_queries(act):
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def test_an_answer_costs_two_queries(begun):
    """Who holds the link, and one statement that checks and saves; each commits by itself."""
    first, second = begun.items()[:2]
    begun.save(first, 4)
    offers.read_offer(round_id=begun.round_id, item_id=second.pk)

    counts = [
        count_queries(lambda: begun.save(second, 5)),
        count_queries(lambda: begun.save(first, 5, "1:4")),
        count_queries(lambda: begun.save(first, 5, "1:4")),
    ]

    assert counts == [2, 2, 2]


def test_a_comment_costs_two_queries_and_its_deletion_three_and_a_transaction(begun):
    write = {"dimension": begun.items()[0].dimension_id, "text": "One", "was": ""}
    saved = begun.post_save(write).json()["was"]

    assert count_queries(lambda: begun.post_save({**write, "text": "Two", "was": saved})) == 2
    two = begun.post_save({**write, "text": "Two", "was": saved}).json()["was"]
    assert count_queries(lambda: begun.post_save({**write, "text": "", "was": two})) == 3


@pytest.mark.django_db(transaction=True)
def test_an_answer_costs_at_most_five_queries_and_soon_two(begun):
    """Outside a test's own transaction, so that BEGIN and COMMIT would be counted.

    What an item offers is read once a process, and PostgreSQL prepares each
    statement once a connection; every item here is new, then none is.
    """
    connection.close()
    offers.forget()
    items = [item for code in ("SC", "SV") for item in begun.items(code)]
    counts = []
    for item in items + items:
        with CaptureQueriesContext(connection) as captured:
            begun.save(item, 4)
        counts.append(len([one for one in captured if one["sql"].split()[0] not in SETTING_UP]))

    assert max(counts) <= 5
    assert counts[len(items) :] == [2] * len(items)


def test_a_comment_is_saved_changed_and_taken_out(begun):
    dimension = begun.items()[0].dimension_id
    write = {"dimension": dimension, "text": " It helps to meet. ", "was": ""}

    first = begun.post_save(write).json()
    second = begun.post_save({**write, "text": "It helps.", "was": first["was"]}).json()
    assert Comment.objects.get().text == "It helps."
    third = begun.post_save({**write, "text": "", "was": second["was"]}).json()

    assert [first["state"], second["state"], third["state"]] == ["saved"] * 3
    assert third["was"] == ""
    assert not Comment.objects.exists()


def test_a_comment_of_an_older_page_does_not_overwrite(begun):
    dimension = begun.items()[0].dimension_id
    first = begun.post_save({"dimension": dimension, "text": "one", "was": ""}).json()["was"]
    begun.post_save({"dimension": dimension, "text": "two", "was": first})

    for text in ("three", ""):
        response = begun.post_save({"dimension": dimension, "text": text, "was": first})
        assert response.status_code == 409
    assert Comment.objects.get().text == "two"


def test_no_comment_is_taken_where_none_is_asked_for(content):
    round_ = make_open_round(asks_for_comments=False)
    device = Device(round_.participants.first())
    device.open_link()
    device.confirm()
    dimension = device.items()[0].dimension_id

    response = device.post_save({"dimension": dimension, "text": "Hello", "was": ""})

    assert response.status_code == 400
    assert not Comment.objects.exists()
    assert b"comment-fold" not in device.client.get(device.page()).content


def test_a_comment_that_is_too_long_is_refused_with_a_reason(begun):
    dimension = begun.items()[0].dimension_id

    response = begun.post_save({"dimension": dimension, "text": "x" * 2001, "was": ""})

    assert response.status_code == 409
    assert "2000 characters" in response.json()["message"]


def test_answers_are_not_kept_by_browsers(begun):
    assert begun.save(begun.items()[0], 4)["Cache-Control"] == "no-store"
