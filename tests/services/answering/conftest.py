import pytest

from assessments.services import keys
from tests.factories import make_open_round


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch):
    """scrypt is slow on purpose."""
    monkeypatch.setattr(keys, "SCRYPT_COST", {"n": 2, "r": 1, "p": 1})


@pytest.fixture
def round_(content):
    return make_open_round()


@pytest.fixture
def person(round_):
    return round_.participants.first()
