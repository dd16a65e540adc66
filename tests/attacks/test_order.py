"""What survives a close lies in no order of answering; without shuffling the order is found."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.responses import SealedResponse
from assessments.models.results import CollectedComment
from assessments.services.closing import sealed_rows
from tests.attacks import order
from tests.attacks.order import TOO_FAR, correlate, orders, surprise
from tests.attacks.stories import tell

ROUNDS = 5
PEOPLE = 14


class KeepsOrder:
    def shuffle(self, rows):
        pass


def close_some():
    """(what gives an order away): its surprise over all rounds."""
    found = {}
    for seed in range(ROUNDS):
        story = tell(seed, people=PEOPLE, comments=True, only="SV")
        story.close()
        for name, order_found, answered in orders(story):
            found.setdefault(name, []).append(correlate(order_found, answered))
    return {name: surprise(correlations, PEOPLE) for name, correlations in found.items()}


def test_nothing_lies_in_the_order_of_answering(content):
    surprises = close_some()

    assert len(surprises) >= 7
    assert {name: s for name, s in surprises.items() if abs(s) > TOO_FAR} == {}


def test_wins_when_rows_are_not_shuffled(content, monkeypatch):
    monkeypatch.setattr(sealed_rows.secrets, "SystemRandom", KeepsOrder)

    surprises = close_some()

    place = next(name for name in surprises if name.startswith("SealedResponse"))
    assert abs(surprises[place]) > TOO_FAR


def test_the_bound_is_passed_by_the_order_itself():
    people = list(range(PEOPLE))

    assert surprise([correlate(people, people)] * ROUNDS, PEOPLE) > TOO_FAR
    assert surprise([correlate(people[::-1], people)] * ROUNDS, PEOPLE) < -TOO_FAR


def test_no_time_of_answering_and_no_telling_key_is_stored(content):
    before = timezone.now()
    story = tell(77, people=12, comments=True, only="SV", now=before - timedelta(days=1))
    after = timezone.now()

    story.close(now=after + timedelta(seconds=5))

    moments = {name for name, at in order.moments_stored() if before <= at <= after}
    # What the owner of the partnership did is recorded with its time; what people answer is not.
    assert moments <= {"User.joined_at", "User.last_login", "AuditEvent.at"}
    assert order.keys_that_tell_a_time() == []


def test_one_transaction_wrote_all_that_survives(content):
    if order.connection.vendor != "postgresql":
        pytest.skip("SQLite stores no transaction beside a row.")
    story = tell(78, people=12, comments=True, only="SV")

    story.close()

    for model in (SealedResponse, CollectedComment):
        assert model.objects.count() == 12
        assert len(order.transactions_of(model)) == 1


def test_wins_when_keys_tell_a_time(content, monkeypatch):
    monkeypatch.setattr(SealedResponse._meta.get_field("id"), "_get_default", uuid.uuid1)
    story = tell(79, people=8, only="SV")

    story.close()

    assert order.keys_that_tell_a_time() == ["SealedResponse.id"]
