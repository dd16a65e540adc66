"""Soon after a close only bands are shown; a back-up of an open round shows what is promised."""

from datetime import timedelta

import pytest

from assessments.models.responses import Answer
from assessments.services.answering.seats import enter_code
from assessments.services.closing import door
from assessments.services.links import find_participant, list_links
from tests.attacks.lifecycle import figures_of
from tests.attacks.stories import answer, open_story
from tests.attacks.two_rounds import (
    figures_beyond_bands,
    points_found,
    subtract,
    tie_people_to_responses,
)
from tests.factories import seat_of

PEOPLE = 11


def choose(number, item):
    """A steady mind: the same person gives the same answer every time."""
    return 1 + (3 * number + 2 * item.order + number * item.order) % 5


def tell_twice(now, days):
    """A round, and another after so many days with a newcomer; nobody else changed their mind."""
    first = open_story(PEOPLE, now=now, days=7)
    told = [first, None]
    for number, participant in enumerate(first.round_.participants.order_by("name")):
        answer(first, participant, lambda item, n=number: choose(n, item), now=now)
    first.close(now=now)
    later = now + timedelta(days=days)
    second = open_story(PEOPLE + 1, partnership=first.round_.partnership, now=later, days=7)
    told[1] = second
    for number, participant in enumerate(second.round_.participants.order_by("name")):
        answer(second, participant, lambda item, n=number: choose(n, item), now=later)
    second.close(now=later)
    return told


def newcomers_points(story):
    """What the newcomer said, turned as it is published."""
    reverse = dict(story.round_.items.values_list("code", "statement__reverse"))
    return {
        code: 6 - value if reverse[code] else value
        for code, value in story.people[-1].values.items()
    }


def test_soon_after_a_close_nothing_but_bands_is_shown(content, now):
    _, second = tell_twice(now, days=30)

    assert figures_beyond_bands(second.round_) == set()
    assert figures_of(second.round_) != []


def test_soon_after_a_close_points_within_a_band_cannot_be_told_apart(content, now):
    first, second = tell_twice(now, days=30)

    found = points_found(subtract(first.round_, second.round_))

    # The middle band is a single point; the others hold two.
    assert set(found.values()) <= {3}


def test_wins_when_a_round_soon_after_another_is_shown_whole(content, now, monkeypatch):
    monkeypatch.setattr(door, "find_recent_close", lambda round_, opened_at: None)

    first, second = tell_twice(now, days=30)

    assert points_found(subtract(first.round_, second.round_)) == newcomers_points(second)
    assert {"mean", "counts"} <= figures_beyond_bands(second.round_)


def test_bands_of_two_rounds_tell_a_newcomers_bands_when_nobody_else_changed(content, now):
    """A known limit, which the promise page of such a round states; no more than bands is told."""
    first, second = tell_twice(now, days=30)

    found = subtract(first.round_, second.round_)

    assert found
    assert figures_beyond_bands(second.round_) == set()


# ------------------------------------------------------------------ a back-up of an open round


@pytest.fixture
def restored(content):
    """A database as it was while the round was open."""
    story = open_story(6)
    for participant in story.round_.participants.all():
        answer(story, participant, lambda item: 4)
    return story


def test_without_the_environments_secret_links_and_codes_of_a_back_up_are_dead(restored, settings):
    person = restored.people[0]
    settings.ANSWER_SECRET = "the secret of another installation, and long enough"

    made = list_links(restored.round_, [person.participant])[person.participant]

    assert find_participant(made.rsplit("/", 1)[1]) is None
    assert tie_people_to_responses(restored.round_) == {}
    seat = seat_of(person.participant, person.reader)
    assert (seat.has_begun, seat.can_read) == (False, False)
    assert enter_code(seat=seat, typed=person.code) is None


def test_a_back_up_of_an_open_round_holds_plain_answers_as_the_promise_says(restored):
    assert Answer.objects.filter(value=4).count() == 6 * len(restored.people[0].values)


def test_wins_with_the_environments_secret(restored):
    found = tie_people_to_responses(restored.round_)

    assert found == {person.participant.name: person.response for person in restored.people}
