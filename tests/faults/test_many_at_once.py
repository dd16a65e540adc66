"""A room full of people saves at once over real HTTP: none is lost and there is no error.

The small sibling of what `bench.saving` does with hundreds.
"""

import pytest

from assessments.models.responses import Answer
from bench.load import in_threads
from bench.saving_steps import begin_on_device
from tests.factories import make_open_round
from tests.real_server import Browser, environment_of_this_database, serving

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, ANSWERS = 30, 5


def test_thirty_people_save_at_once(content):
    round_ = make_open_round(people=PEOPLE)
    items = list(round_.items.order_by("order").values_list("pk", flat=True))[:ANSWERS]
    devices = [begin_on_device(person) for person in round_.participants.all()]
    said = []

    def answer(place, device, port):
        browser = Browser(port, device["cookies"])
        for item in items:
            body = {"item": item, "value": 1 + (place + item) % 5, "was": ""}
            said.append(browser.post_json(f"/answer/{round_.pk}/save/", body))
        browser.close()

    with serving(environment_of_this_database()) as server:
        in_threads(
            [
                lambda place=place, device=device: answer(place, device, server.port)
                for place, device in enumerate(devices)
            ]
        )

    assert {(status, one["state"]) for status, one in said} == {(200, "saved")}
    stored = Answer.objects.values_list("response_id", "item_id", "value")
    assert {(str(response).replace("-", ""), item, value) for response, item, value in stored} == {
        (device["response"].replace("-", ""), item, 1 + (place + item) % 5)
        for place, device in enumerate(devices)
        for item in items
    }
