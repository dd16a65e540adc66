"""No page asks the database more often when there are more people or statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_open_round, make_organisation, make_partnership, make_people
from tests.leaders.device import Device

FACTORS = "five_factors"


def count(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def begin_in(codes, people, organisations):
    partnership = make_partnership()
    for _ in range(organisations):
        last = make_organisation(partnership)
    round_ = make_open_round(partnership, codes=codes, people=5)
    make_people(round_, people, organisation=last)
    device = Device(round_.participants.filter(organisation=last).first())
    device.open_link()
    return device


@pytest.fixture
def few(content):
    return begin_in(("five_factors",), people=1, organisations=1)


@pytest.fixture
def many(content):
    return begin_in(("five_factors", "six_ways", "differences"), people=30, organisations=8)


def test_the_promise_page(few, many):
    assert count(few.client, few.link) == count(many.client, many.link) <= 12


def test_confirming(few, many):
    assert count(few.client, few.home) == count(many.client, many.home)


def test_the_other_pages_of_answering(few, many):
    few.confirm()
    many.confirm()
    few.save(few.items()[0], 4)
    for item in many.items():
        many.save(item, 4)

    for page in (lambda device: device.home, lambda device: device.at("answer_review", FACTORS)):
        few.client.get(page(few))
        many.client.get(page(many))
        assert count(few.client, page(few)) == count(many.client, page(many)) <= 5


@pytest.mark.parametrize("is_blind", [False, True])
def test_an_answering_page_costs_five_queries_however_much_it_asks(many, is_blind):
    many.confirm()
    for item in many.items():
        many.save(item, 4)
    many.post_page({"comment": "A thought."})
    device = go_on_blind(many) if is_blind else many
    pages = [device.page(), device.page("DS", "differences")]
    first = device.client.get(pages[0])

    counts = [count(device.client, page) for page in pages]

    assert b'id="comment"' in first.content
    assert max(counts) <= 5
    assert len(set(counts)) == 1


def go_on_blind(device):
    other = Device(device.person)
    other.open_link()
    other.client.post(other.at("go_on_blind"))
    return other
