"""Diverging bars: people in proportion, the middle astride the line, don't know apart."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.results.charts.distribution import (
    APART,
    Distribution,
    draw_distribution,
    draw_distribution_head,
    draw_distribution_key,
    measure_frame,
)

WORDS = ("Hardly ever", "Occasionally", "About half the time", "Usually", "Nearly always")
BANDS = ("Hardly ever or occasionally", "About half the time", "Usually or nearly always")


def make_row(counts, dont_know=0):
    words = WORDS if len(counts) == 5 else BANDS
    return Distribution("We name <disagreements>.", words, tuple(counts), dont_know)


def read_parts(row, frame):
    root = ElementTree.fromstring(draw_distribution(row, frame))
    boxes = [r for r in root.iter("rect") if "seg" in r.get("class", "").split()]
    return [(float(b.get("x")[:-1]), float(b.get("width")[:-1])) for b in boxes]


def test_bar_says_every_count_and_has_no_styles():
    drawn = draw_distribution(make_row([6, 7, 2, 7, 3], dont_know=1))

    label = ElementTree.fromstring(drawn).get("aria-label")
    assert label == (
        "We name <disagreements>. Hardly ever 6; Occasionally 7; About half the time 2; "
        "Usually 7; Nearly always 3; Don't know 1."
    )
    assert "style" not in drawn


def test_middle_answer_straddles_the_line():
    row = make_row([0, 3, 4, 3, 0])
    frame = measure_frame([row])

    _, (x, width), _ = read_parts(row, frame)
    assert x + width / 2 == pytest.approx(frame.line, abs=0.01)


def test_unknown_dont_know_is_left_out_and_zero_is_said():
    assert "none" in draw_distribution(make_row([1, 2, 3, 4, 5], dont_know=0))
    hidden = draw_distribution(make_row([1, 2, 3, 4, 5], dont_know=None))
    assert "none" not in hidden
    assert "Don't know" not in hidden


def test_three_bands_take_the_three_middle_steps():
    drawn = draw_distribution(make_row([2, 1, 4], dont_know=None))

    steps = [f"f{step} " in drawn for step in range(1, 6)]
    assert steps == [False, True, True, True, False]
    assert "Hardly ever or occasionally 2" in drawn


@pytest.mark.parametrize("counts", [[0] * 5, [0] * 3, [0, 0, 26, 0, 0], [200, 0, 0, 0, 0]])
def test_extremes_are_drawn(counts):
    row = make_row(counts, dont_know=26)

    ElementTree.fromstring(draw_distribution(row))
    assert 0 < measure_frame([row]).person <= 6


def test_key_and_head_are_well_formed():
    ElementTree.fromstring(draw_distribution_key(WORDS, "Don't know"))
    ElementTree.fromstring(draw_distribution_key(BANDS))
    head = draw_distribution_head(measure_frame([]), less="less", more="more", apart="apart")
    ElementTree.fromstring(head)


def test_row_refuses_other_shapes():
    with pytest.raises(ValueError, match="five answers or three bands"):
        Distribution("x", ("a", "b"), (1, 2))
    with pytest.raises(ValueError, match="words"):
        Distribution("x", ("a",), (1, 2, 3))


COUNTS = st.lists(st.integers(0, 300), min_size=5, max_size=5)


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_one_person_has_one_width_and_every_bar_fits(all_counts):
    rows = [make_row(counts) for counts in all_counts]
    frame = measure_frame(rows)

    for row in rows:
        parts = read_parts(row, frame)
        shown = [count for count in row.counts if count]
        for (_, width), count in zip(parts, shown, strict=True):
            assert width == pytest.approx(count * frame.person, abs=0.001)
        for x, width in parts:
            assert x >= -0.01
            assert x + width <= APART
