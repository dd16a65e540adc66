"""Texts that nobody released are deleted 30 days after the close; released ones stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.results import CollectedComment
from assessments.models.rounds import Round
from assessments.services.closing.comments import delete_unreleased
from assessments.services.closing.wiping import wipe_due
from tests.factories import make_open_round
from tests.services.closing.rounds import answer, close

State = CollectedComment.State


@pytest.fixture
def closed(content):
    """A round closed now with ten comments: released, held back and waiting ones."""
    round_ = make_open_round(people=12)
    for place, person in enumerate(round_.participants.all()):
        comment = f"A text of some length, number {place}" if place < 10 else ""
        answer(person, lambda item: 4, comment=comment)
    close(round_)
    texts = list(CollectedComment.objects.all())
    for text, state in zip(texts, [State.RELEASED] * 4 + [State.HELD_BACK] * 3, strict=False):
        CollectedComment.objects.filter(pk=text.pk).update(state=state)
    return Round.objects.get(pk=round_.pk)


def test_every_text_knows_when_it_goes(closed):
    days = set(CollectedComment.objects.values_list("delete_on", flat=True))

    assert days == {(timezone.now() + timedelta(days=30)).date()}


def test_nothing_goes_before_thirty_days(closed):
    assert delete_unreleased(now=closed.closed_at + timedelta(days=29)) == 0
    assert CollectedComment.objects.count() == 10


def test_after_thirty_days_released_texts_alone_are_left(closed):
    assert delete_unreleased(now=closed.closed_at + timedelta(days=30)) == 6
    assert set(CollectedComment.objects.values_list("state", flat=True)) == {State.RELEASED}
    assert CollectedComment.objects.count() == 4


def test_deleting_asks_for_overwriting_once_more(closed):
    Round.objects.filter(pk=closed.pk).update(wiped_at=closed.closed_at)
    other = Round.objects.exclude(pk=closed.pk)

    delete_unreleased(now=closed.closed_at + timedelta(days=30))

    closed.refresh_from_db()
    assert closed.wiped_at is None
    assert not other.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_overwrites_after_deleting(closed):
    later = closed.closed_at + timedelta(days=31)
    delete_unreleased(now=later)

    assert wipe_due(now=later) == 0
    assert Round.objects.get(pk=closed.pk).wiped_at == later


def test_a_second_run_finds_nothing_to_do(closed):
    later = closed.closed_at + timedelta(days=31)
    delete_unreleased(now=later)
    Round.objects.filter(pk=closed.pk).update(wiped_at=later)

    assert delete_unreleased(now=later) == 0
    assert Round.objects.get(pk=closed.pk).wiped_at == later
