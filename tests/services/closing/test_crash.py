"""A fault at any step leaves the round open and every answer where it was."""

import pytest

from assessments.models.rounds import Round
from assessments.services.closing import door
from tests.services.closing.rounds import close, make_answered_round, read_every_table

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = (
    "lock_round",
    "read_populations",
    "find_recent_close",
    "write_result",
    "seal_responses",
    "move_comments",
    "_delete_what_was_open",
    "record_event",
)


class Crash(Exception):
    """The server died here."""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_fault_leaves_the_round_open_and_whole(content, monkeypatch, step, when):
    round_, _ = make_answered_round(11)
    before = read_every_table()
    real = getattr(door, step)

    def crash(*args, **kwargs):
        if when == "after":
            real(*args, **kwargs)
        raise Crash

    monkeypatch.setattr(door, step, crash)

    with pytest.raises(Crash):
        close(round_)

    assert read_every_table() == before


def test_a_round_closes_after_a_fault(content, monkeypatch):
    round_, _ = make_answered_round(11)

    def crash(*args, **kwargs):
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(door, "seal_responses", crash)
        with pytest.raises(Crash):
            close(round_)

    close(round_)

    assert Round.objects.get().is_closed
