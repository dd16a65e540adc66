"""Counting tries by address, without an address."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from assessments.models.rounds import Throttle
from assessments.services.throttling import allow, delete_past, find_end

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def try_it(db, now):
    def one(address="192.0.2.1", *, purpose="a code", limit=3, at=now):
        return allow(purpose=purpose, address=address, limit=limit, within=TEN_MINUTES, now=at)

    return one


def test_the_first_tries_are_allowed_and_no_more(try_it):
    assert [try_it() for _ in range(5)] == [True, True, True, False, False]


def test_counting_begins_anew_after_its_time(try_it, now):
    for _ in range(4):
        try_it()

    assert try_it(at=now + TEN_MINUTES - timedelta(seconds=1)) is False
    assert try_it(at=now + TEN_MINUTES) is True


def test_another_address_and_another_purpose_count_for_themselves(try_it):
    for _ in range(4):
        try_it()

    assert try_it("192.0.2.2") is True
    assert try_it(purpose="another") is True


def test_the_end_is_told_once_the_limit_is_reached(try_it, now):
    ends = []
    for _ in range(3):
        ends.append(find_end(purpose="a code", address="192.0.2.1", limit=3, now=now))
        try_it()

    assert ends == [None, None, None]
    full = {"purpose": "a code", "address": "192.0.2.1", "limit": 3}
    assert find_end(now=now, **full) == now + TEN_MINUTES
    assert find_end(now=now + TEN_MINUTES, **full) is None


def test_no_row_tells_an_address(try_it, settings):
    try_it("192.0.2.1")
    first = Throttle.objects.get().digest
    settings.ANSWER_SECRET = "another secret of the environment, for a test"
    try_it("192.0.2.1")

    digests = set(Throttle.objects.values_list("digest", flat=True))
    assert len(digests) == 2
    assert first in digests
    assert not any("192" in digest and "." in digest for digest in digests)


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("2001:db8:1:2::5", "2001:db8:1:2:ffff::9"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "no address at all"),
    ],
)
def test_one_household_is_one_address(try_it, address, same):
    for _ in range(3):
        try_it(address)

    assert try_it(same) is False
    assert try_it("2001:db8:1:3::5") is True


def test_what_is_past_is_deleted_and_nothing_else(try_it, now):
    try_it("192.0.2.1")
    try_it("192.0.2.2", at=now + timedelta(minutes=5))

    assert delete_past(now=now + TEN_MINUTES) == 1
    assert Throttle.objects.get().ends_at == now + timedelta(minutes=15)


def test_the_worker_deletes_what_is_past_and_nothing_else(try_it, now):
    try_it("192.0.2.1", at=now - 2 * TEN_MINUTES)
    try_it("192.0.2.2", at=now + TEN_MINUTES)

    call_command("worker", "--once")

    assert [throttle.ends_at > now for throttle in Throttle.objects.all()] == [True]
