"""No page asks the database more often when there are more people or statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models.content import Statement
from tests.factories import make_open_round, make_organisation, make_partnership, make_people
from tests.leaders.device import Device


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


def test_answering_pages(few, many):
    few.confirm()
    many.confirm()
    few.save(few.items()[0], 4)
    for item in many.items():
        many.save(item, 4)

    for page in (
        lambda device: device.home,
        lambda device: device.page(),
        lambda device: device.at("answer_review", "five_factors"),
    ):
        assert count(few.client, page(few)) == count(many.client, page(many)) <= 11


def test_a_page_with_more_statements(many):
    many.confirm()
    assert Statement.objects.filter(dimension__code="DS").count() == 2

    assert count(many.client, many.page("DS", "differences")) == count(many.client, many.page())
