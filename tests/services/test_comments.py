"""Comments after the close: what their readers may do, until when, and what is left of it."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models.results import CollectedComment
from assessments.models.rounds import Round
from assessments.models.users import AuditEvent
from assessments.services.closing.comments import delete_unreleased
from assessments.services.comments import (
    digest_of,
    hold_comment_back,
    list_comments,
    redact_comment,
    release_comment,
    take_back_release,
)
from assessments.services.redacting import GAP, list_words, take_out
from assessments.services.refusals import Refused
from assessments.services.rounds import share_results
from tests.factories import make_closed_round, make_comment, make_user, owner_of

State = CollectedComment.State
ACTS = (release_comment, hold_comment_back, take_back_release)


@pytest.fixture
def comment(content):
    return make_comment(make_closed_round(), "Dr Smith chairs well. Keep it.")


def by_reader(comment, act, now, **more):
    comment.refresh_from_db()
    round_ = comment.result.round
    actor = more.pop("actor", owner_of(round_.partnership))
    act(comment=comment, was=more.pop("was", digest_of(comment)), actor=actor, now=now, **more)
    comment.refresh_from_db()


def test_release_hold_back_and_undo(comment, now):
    states = []
    for act in (hold_comment_back, release_comment, take_back_release, release_comment):
        by_reader(comment, act, now)
        states.append(comment.state)

    assert states == [State.HELD_BACK, State.RELEASED, State.WAITING, State.RELEASED]
    assert comment.text == "Dr Smith chairs well. Keep it."


def test_shared_results_keep_what_was_released(comment, now):
    by_reader(comment, release_comment, now)
    share_results(round_=comment.result.round, actor=None, now=now)

    for act in (hold_comment_back, take_back_release):
        with pytest.raises(Refused, match="shared"):
            by_reader(comment, act, now)
    with pytest.raises(Refused, match="shared"):
        by_reader(comment, redact_comment, now, places=[1])

    comment.refresh_from_db()
    assert (comment.state, comment.is_redacted) == (State.RELEASED, False)


def test_after_sharing_a_waiting_one_can_still_be_released(comment, now):
    share_results(round_=comment.result.round, actor=None, now=now)

    by_reader(comment, release_comment, now)

    assert comment.state == State.RELEASED


@pytest.mark.parametrize("act", ACTS)
def test_nobody_but_a_named_reader_does_anything(comment, now, act):
    for somebody in (make_user(), make_user(is_staff=True, is_superuser=True)):
        with pytest.raises(Refused, match="Only the readers"):
            by_reader(comment, act, now, actor=somebody)
    with pytest.raises(Refused, match="Only the readers"):
        by_reader(comment, redact_comment, now, places=[0], actor=make_user())

    comment.refresh_from_db()
    assert (comment.state, comment.is_redacted) == (State.WAITING, False)


def test_the_second_of_two_readers_is_told(comment, now):
    seen = digest_of(comment)
    by_reader(comment, redact_comment, now, places=[1])

    with pytest.raises(Refused, match="Somebody else changed"):
        by_reader(comment, release_comment, now, was=seen)

    assert comment.state == State.WAITING


def test_redacting_leaves_nothing_of_the_words(comment, now):
    round_ = comment.result.round
    Round.objects.filter(pk=round_.pk).update(wiped_at=now)

    by_reader(comment, redact_comment, now, places=[0, 1])

    assert comment.text == "[…] chairs well. Keep it."
    assert comment.is_redacted
    assert Round.objects.get(pk=round_.pk).wiped_at is None
    assert not CollectedComment.objects.filter(text__contains="Smith").exists()


def test_redacting_needs_a_word(comment, now):
    with pytest.raises(Refused, match="Mark the words"):
        by_reader(comment, redact_comment, now, places=[])


def test_events_tell_the_act_and_never_the_text(comment, now):
    by_reader(comment, hold_comment_back, now)
    by_reader(comment, redact_comment, now, places=[1])
    by_reader(comment, release_comment, now)

    events = AuditEvent.objects.filter(action__contains="comment").order_by("id")
    assert [event.action for event in events] == [
        "comment held back",
        "comment redacted",
        "comment released",
    ]
    told = json.dumps(list(events.values()), default=str)
    assert not any(word in told for word in ("Smith", "chairs", str(comment.pk)))


def test_until_its_day_a_text_can_be_released_and_then_it_is_gone(comment, now):
    by_reader(comment, hold_comment_back, now)
    round_ = comment.result.round
    late = now + timedelta(days=29)
    assert list_comments(round_, late).get() == comment

    too_late = now + timedelta(days=30)
    assert not list_comments(round_, too_late).exists()
    with pytest.raises(Refused, match="30 days are over"):
        by_reader(comment, release_comment, too_late)

    by_reader(comment, release_comment, late)
    delete_unreleased(now=too_late)
    assert list_comments(round_, too_late).get() == comment


def test_a_round_of_bands_alone_has_no_comments(comment, now):
    result = comment.result
    result.is_bands_only = True
    result.save()

    assert not list_comments(result.round, now).exists()


# words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "places", "left"),
    [
        ("Ask Ann Lee, please.", {1, 2}, "Ask […], please."),
        ("Ask Ann and Lee.", {1, 3}, "Ask […] and […]."),
        ("One\nTwo three", {0, 1}, "[…]\n[…] three"),
        ("Ask […] Lee now", {2}, "Ask […] now"),
        ("All gone", {0, 1}, "[…]"),
        ("Nothing marked", set(), "Nothing marked"),
        ("Out of range", {7}, "Out of range"),
    ],
)
def test_take_out(text, places, left):
    assert take_out(text, places) == left


@given(st.text("ab é.,\n […]", max_size=60), st.sets(st.integers(0, 30)))
def test_taking_out_never_puts_a_word_in(text, places):
    left = take_out(text, places)

    kept = [word for line in list_words(text) for word in line if word.place not in places]
    assert [word for word in left.split() if GAP not in word] == [
        word.text for word in kept if not word.is_gap
    ]
