"""Nothing that must be gone is left after a close, wherever one looks; unwiped, it is found."""

import logging
from contextlib import contextmanager

import pytest
from django.db import connection

from assessments.services.closing import comments, door, wiping
from tests.attacks.leftovers import comments_of, search, secrets_of
from tests.attacks.stories import answer, count_plain_rows, open_story, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def neighbour(content):
    """Another partnership's round that stays open, so that no table is emptied by the close."""
    return tell(99, people=6, only="SV")


def test_nothing_is_left_of_a_closed_round(neighbour, caplog):
    caplog.set_level(logging.DEBUG)
    story = tell(1, people=12, comments=True)

    story.close()

    story.round_.refresh_from_db()
    assert story.round_.wiped_at is not None
    assert search(secrets_of(story), caplog.text) == set()


def test_comments_stand_in_one_table_alone(neighbour, caplog):
    caplog.set_level(logging.DEBUG)
    story = tell(2, people=12, comments=True, only="SV")

    story.close()

    found = {place for place, _ in search(comments_of(story), caplog.text)}
    assert {place for place in found if place.startswith("table")} == {
        "table assessments_collectedcomment"
    }
    assert "logs" not in found


def test_comments_that_are_not_collected_are_nowhere(neighbour, caplog):
    caplog.set_level(logging.DEBUG)
    # Nine people are too few for comments.
    story = tell(3, people=9, comments=True, only="SV")

    story.close()

    assert search(comments_of(story), caplog.text) == set()


def test_a_round_below_the_smallest_group_leaves_nothing(neighbour):
    story = open_story(6, smallest_group=6)
    for number, participant in enumerate(list(story.round_.participants.all())[:5]):
        answer(story, participant, lambda item: 4, comment=f"Words {number} of a small round")

    story.close(now=story.round_.ends_at)

    assert search([*secrets_of(story), *comments_of(story)]) == set()


def test_a_back_up_that_is_being_made_puts_the_overwriting_off(neighbour, monkeypatch, now):
    """Somebody who still reads the past keeps deleted rows alive, so nothing is called done."""
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite a reader keeps the log from being cut, which is noticed anyway.")
    monkeypatch.setattr(wiping, "LOOKS", 1)
    story = tell(9, people=9, only="SV")

    with reading_the_past():
        story.close()
        story.round_.refresh_from_db()
        assert story.round_.wiped_at is None

    assert wiping.wipe_due(now=now) == 0
    assert search(secrets_of(story)) == set()


@contextmanager
def reading_the_past():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM assessments_user")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


# ------------------------------------------------------------------ planted wins


def test_wins_when_the_wipe_is_skipped(neighbour, monkeypatch):
    monkeypatch.setattr(wiping, "wipe", lambda **fields: False)
    story = tell(5, people=9, comments=True, only="SV")

    story.close()

    found = search([*secrets_of(story), *comments_of(story)])
    kinds = {name.split()[0] for _, name in found}
    assert {"response", "answer", "comment", "claim"} <= kinds
    # The tables are empty: it is the bytes below them that still tell.
    assert not any(place.startswith("table") for place, _ in found)


def test_wins_when_the_database_only_gives_the_space_free(neighbour, monkeypatch):
    if connection.vendor == "postgresql":
        monkeypatch.setattr(wiping, "_vacuum", vacuum_plainly)
    else:
        monkeypatch.setattr(wiping, "_truncate_log", forget_log_without_overwriting)
        execute("PRAGMA secure_delete=OFF")
    story = tell(8, people=9, comments=True, only="SV")

    story.close()

    if connection.vendor == "sqlite":
        execute("PRAGMA secure_delete=ON")
    assert {name.split()[0] for _, name in search(secrets_of(story))} >= {"response"}


def test_wins_when_tables_are_written_anew_for_readers_of_the_past(neighbour, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite overwrites what it deletes at once.")
    monkeypatch.setattr(wiping, "_wait_for_readers_of_the_past", lambda cursor: True)
    monkeypatch.setattr(wiping, "LONGEST_WAIT_FOR_A_TABLE", "100ms")
    story = tell(10, people=9, only="SV")

    with reading_the_past():
        story.close()

    assert search(secrets_of(story)) != set()


def vacuum_plainly():
    for model in wiping.WIPED_MODELS:
        execute(f"VACUUM {model._meta.db_table}")
    return True


def forget_log_without_overwriting():
    execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_wins_when_answers_are_not_deleted(neighbour, monkeypatch):
    monkeypatch.setattr(door, "_delete_what_was_open", lambda round_: None)
    before = count_plain_rows()
    story = tell(6, people=9, only="SV")

    story.close()

    places = {place for place, _ in search(secrets_of(story))}
    assert {"table assessments_answer", "table assessments_roundkey"} <= places
    assert count_plain_rows() > before


def test_wins_when_comments_move_without_enough_people(neighbour, monkeypatch):
    monkeypatch.setattr(comments, "comments_group", lambda k: 1)
    story = tell(7, people=9, comments=True, only="SV")

    story.close()

    assert search(comments_of(story)) != set()
