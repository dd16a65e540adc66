"""No link and no room of the facilitator tells an answer: two worlds look alike, byte for byte."""

import pytest
from django.db import transaction

from assessments.models.responses import Answer, Comment
from assessments.services.answering import seats
from tests.attacks.links import (
    differences,
    open_every_link,
    open_every_room,
    pages_with,
    save_blindly,
)
from tests.attacks.stories import answer, open_story
from tests.factories import owner_of

MARKER = "Our chair speaks over everybody else"
OTHER = "Our chair listens to everybody there"


@pytest.fixture
def story(content):
    """Somebody submitted, somebody has only begun; the others have not opened their links."""
    story = open_story(6)
    submits, begins, *rest = story.round_.participants.order_by("name")
    left_out = {"SV3"}
    answer(story, submits, lambda item: 2, comment=MARKER)
    answer(
        story,
        begins,
        lambda item: None if item.code in left_out else 5,
        comment=MARKER,
        submit=False,
    )
    for participant in rest:
        answer(story, participant, lambda item: 4)
    return story


def change_the_world(story):
    """The first two answered otherwise, one left out another statement, and both wrote something
    else: as many answers, other answers."""
    first, second = story.people[:2]
    for person in (first, second):
        own = Answer.objects.filter(response=person.response)
        for saved in own:
            Answer.objects.filter(pk=saved.pk).update(value=6 - saved.value)
        Comment.objects.filter(response=person.response).update(text=OTHER)
    missing = Answer.objects.get(response=second.response, item__code="SV1")
    item = story.round_.items.get(code="SV3")
    Answer.objects.filter(pk=missing.pk).update(item=item)


def look_twice(story, look, before=lambda: None):
    """What `look` sees in one world and in the other."""
    seen = []
    for change in (lambda story: None, change_the_world):
        with transaction.atomic():
            change(story)
            before()
            seen.append(look())
            transaction.set_rollback(True)
        story.round_.refresh_from_db()
    return seen


def test_links_tell_no_answer_while_the_round_is_open(story):
    owner = owner_of(story.round_.partnership)

    one, other = look_twice(story, lambda: open_every_link(story, story.people[:3], owner))

    assert differences(one, other) == []
    assert pages_with([*one, *other], MARKER) == pages_with([*one, *other], OTHER) == []
    assert {page.status for page in one} >= {200, 302}


def test_links_tell_no_answer_after_the_close(story):
    owner = owner_of(story.round_.partnership)

    one, other = look_twice(
        story, lambda: open_every_link(story, story.people[:3], owner), before=story.close
    )

    # Not shared yet, so not even the figures of the whole are there.
    assert differences(one, other) == []
    assert pages_with([*one, *other], MARKER) == []


def test_the_facilitators_room_tells_no_answer_while_the_round_is_open(story):
    owner = owner_of(story.round_.partnership)

    one, other = look_twice(story, lambda: open_every_room(story, owner))

    assert differences(one, other) == []
    assert pages_with([*one, *other], MARKER) == []
    assert sum(page.status == 200 for page in one) > 10


@pytest.mark.parametrize("value", [1, 5])
def test_answering_over_somebody_tells_not_what_was_there(story, value):
    owner = owner_of(story.round_.partnership)

    for person in story.people[:2]:
        one, other = look_twice(
            story, lambda person=person: save_blindly(story, person, value, owner)
        )

        assert differences(one, other) == []


# ------------------------------------------------------------------ planted wins


def test_wins_when_every_seat_can_read(story, monkeypatch):
    owner = owner_of(story.round_.partnership)
    monkeypatch.setattr(seats, "is_reader_of", lambda reader, digest: True)

    one, other = look_twice(story, lambda: open_every_link(story, story.people[:1], owner))

    found = differences(one, other)
    assert any("/SV/" in page for page in found)
    assert any("profile" in page for page in found)
    assert pages_with(one, MARKER) != []


def test_wins_when_figures_can_be_seen_before_the_close(story):
    """The comparison sees what a result shows, so an early look at one would be found."""
    owner = owner_of(story.round_.partnership)

    one, other = look_twice(story, lambda: open_every_room(story, owner), before=story.close)

    assert any("results" in page for page in differences(one, other))
