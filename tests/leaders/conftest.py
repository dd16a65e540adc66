"""A round with a person on its list, and a device that opened that person's link."""

import pytest

from assessments.services import keys
from tests.factories import make_open_round, make_organisation, make_partnership
from tests.leaders.device import Device


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch):
    """scrypt is slow on purpose."""
    monkeypatch.setattr(keys, "SCRYPT_COST", {"n": 2, "r": 1, "p": 1})


@pytest.fixture
def round_(content):
    partnership = make_partnership()
    make_organisation(partnership, "Northvale Council")
    make_organisation(partnership, "Northvale Hospital", sector=1)
    return make_open_round(partnership)


@pytest.fixture
def person(round_):
    return round_.participants.first()


@pytest.fixture
def device(person):
    """A device that opened the link and has not begun."""
    device = Device(person)
    device.open_link()
    return device


@pytest.fixture
def begun(device):
    device.confirm()
    return device
