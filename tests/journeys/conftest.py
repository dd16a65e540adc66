"""A round of two parts, a person on its list, and devices to answer on."""

import pytest

from assessments.models.rounds import Participant, Round
from assessments.services.links import list_links
from tests.factories import (
    make_open_round,
    make_organisation,
    make_partnership,
    make_people,
    make_user,
)
from tests.journeys.devices import SIZES, Devices


@pytest.fixture
def round_(content) -> Round:
    partnership = make_partnership(make_user("Amara Osei"), "Northvale Place Partnership")
    council = make_organisation(partnership, "Northvale Council")
    round_ = make_open_round(partnership, codes=("five_factors", "differences"), people=5)
    make_people(round_, 1, organisation=council)
    return round_


@pytest.fixture
def person(round_) -> Participant:
    return round_.participants.exclude(organisation=None).get()


@pytest.fixture(params=SIZES)
def size(request) -> str:
    return request.param


@pytest.fixture
def devices(browser, size, live_server, settings):
    settings.BASE_URL = live_server.url
    devices = Devices(browser, size, live_server.url)
    yield devices
    for context in devices.contexts:
        context.close()


@pytest.fixture
def link(person, devices) -> str:
    return list_links(person.round, [person])[person]
