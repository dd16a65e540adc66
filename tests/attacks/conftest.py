"""Cheap return codes: scrypt is slow on purpose, and these tests make hundreds."""

import pytest

from assessments.services import keys


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch):
    monkeypatch.setattr(keys, "SCRYPT_COST", {"n": 2, "r": 1, "p": 1})
