"""A partnership of the signed-in facilitator."""

import pytest

from tests.factories import make_partnership


@pytest.fixture
def partnership(facilitator):
    return make_partnership(facilitator, "Northvale Partnership")
