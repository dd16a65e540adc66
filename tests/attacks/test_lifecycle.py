"""Tricks between opening and closing are refused or harmless; without their guards they work."""

import pytest
from django.contrib import admin
from django.db import transaction

from assessments.models.results import Result
from assessments.services import rosters, rounds
from tests.attacks.lifecycle import (
    closes_early,
    closes_early_by_removing,
    figures_of,
    lowers_the_smallest_group,
    moves_to,
    opens,
    reads_after_new_link,
    removes,
)
from tests.attacks.stories import answer, open_story, tell


@pytest.fixture
def story(content):
    """Seven of ten have submitted, one has begun, two have not opened their links."""
    story = open_story(10)
    people = list(story.round_.participants.order_by("name"))
    for participant in people[:7]:
        answer(story, participant, lambda item: 4)
    answer(story, people[7], lambda item: 1, submit=False)
    return story


def test_an_old_link_is_dead_and_a_new_one_reads_nothing(story, now):
    submitted, begun = story.people[0], story.people[7]

    assert not reads_after_new_link(story, submitted, now)
    assert not reads_after_new_link(story, begun, now)
    assert not opens(submitted.token)
    assert not opens(begun.token)


def test_labels_stay_as_they_were_confirmed(story, now):
    elsewhere = story.round_.partnership.organisations.exclude(
        pk=story.people[0].participant.organisation_id
    ).first()

    assert not moves_to(story, story.people[0], elsewhere, now)
    assert not moves_to(story, story.people[7], elsewhere, now)


def test_whoever_submitted_cannot_be_removed(story, now):
    assert not removes(story, story.people[0], now)


def test_the_smallest_group_cannot_be_lowered(content, now):
    story = open_story(10, smallest_group=7)

    assert not lowers_the_smallest_group(story, now)


def test_the_moment_of_closing_cannot_be_chosen(story, now):
    assert not closes_early(story, now)


def test_groups_and_rounds_are_not_in_the_admin():
    editable = {model.__name__ for model in admin.site._registry}

    assert editable & {"Round", "Participant", "Organisation", "Sector", "Result"} == set()


def test_who_began_and_did_not_submit_is_in_no_figure(story):
    """Even when all the others are known: what was begun and not submitted changes nothing."""
    begun = story.people[7]
    with_it = _close_and_read(story)

    rosters.delete_begun(story.round_, begun.participant)
    without = _close_and_read(story)

    assert with_it == without != []


def _close_and_read(story):
    with transaction.atomic():
        story.close(now=story.round_.ends_at)
        figures = figures_of(story.round_)
        assert Result.objects.get(round=story.round_).counted == 7
        transaction.set_rollback(True)
    return figures


def test_the_moment_of_closing_cannot_be_chosen_by_removing_people(story, now):
    assert not closes_early_by_removing(story, now)


# ------------------------------------------------------------------ planted wins


def test_wins_when_links_are_not_replaced(story, now, monkeypatch):
    monkeypatch.setattr(rosters, "_replace_link", lambda round_, participant: None)
    begun = story.people[7]

    assert reads_after_new_link(story, begun, now)
    assert opens(begun.token)


def test_wins_when_nobody_counts_as_started_or_submitted(story, now, monkeypatch):
    monkeypatch.setattr(rosters, "has_submitted", lambda participant: False)
    monkeypatch.setattr(rosters, "has_started", lambda participant: False)

    assert removes(story, story.people[0], now)
    person = story.people[1]
    other = story.round_.partnership.organisations.exclude(
        pk=person.participant.organisation_id
    ).first()
    assert moves_to(story, person, other, now)


def test_wins_when_any_share_may_close_early(story, now, monkeypatch):
    monkeypatch.setattr(rounds, "EARLY_CLOSE_RATE", 0.5)

    assert closes_early(story, now)


def test_wins_when_an_unsubmitted_response_counts(content):
    """The comparison sees one more response in the figures."""
    one, other = tell(1, people=9, only="SV"), tell(1, people=10, only="SV")
    one.close()
    other.close()

    assert figures_of(one.round_) != figures_of(other.round_)
