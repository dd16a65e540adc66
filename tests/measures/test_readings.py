import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.measures import readings
from assessments.measures.readings import Level, Reading, Reason, Topic
from assessments.measures.spread import Bands

RARELY, PATCHY, USUALLY = Level.RARELY_SEEN, Level.PATCHY, Level.USUALLY_SEEN


@pytest.mark.parametrize(
    ("mean", "words"),
    [
        (1.0, (RARELY,)),
        (2.2, (RARELY,)),
        (2.3, (RARELY, PATCHY)),
        (2.5, (RARELY, PATCHY)),
        (2.7, (RARELY, PATCHY)),
        (2.8, (PATCHY,)),
        (3.2, (PATCHY,)),
        (3.3, (PATCHY, USUALLY)),
        (3.5, (PATCHY, USUALLY)),
        (3.7, (PATCHY, USUALLY)),
        (3.8, (USUALLY,)),
        (5.0, (USUALLY,)),
    ],
)
def test_level_words_name_both_bands_near_a_cut_point(mean, words):
    assert readings.level_words(mean) == words


@pytest.mark.parametrize(
    ("mean", "band"),
    [(2.499, RARELY), (2.5, PATCHY), (3.499, PATCHY), (3.5, USUALLY)],
)
def test_a_band_includes_its_lower_end(mean, band):
    assert readings.band_of(mean) == band


@pytest.mark.parametrize(
    ("bands", "split"),
    [
        (Bands(2, 0, 2), True),
        (Bands(2, 4, 2), True),
        (Bands(2, 5, 2), False),  # 2 of 9 is under a quarter
        (Bands(1, 0, 2), False),  # one person is not a camp
        (Bands(1, 0, 3), False),
        (Bands(6, 8, 6), True),
        (Bands(5, 8, 8), False),  # 5 of 21
        (Bands(0, 0, 0), False),
    ],
)
def test_split_needs_two_people_and_a_quarter_at_each_end(bands, split):
    assert readings.is_split(bands) is split


def test_low_is_a_mean_under_the_line_or_half_in_the_weak_band():
    assert readings.is_low(2.4, Bands(2, 6, 0)) is True
    assert readings.is_low(2.5, Bands(3, 4, 0)) is False
    assert readings.is_low(2.9, Bands(4, 0, 4)) is True
    assert readings.is_low(1.0, Bands(0, 0, 0)) is False


@pytest.mark.parametrize(
    ("bands", "reading"),
    [
        (Bands(0, 2, 4), Reading.SHARED_STRENGTH),  # exactly two thirds
        (Bands(4, 2, 0), Reading.SHARED_GAP),
        (Bands(1, 2, 3), Reading.MIXED),
        (Bands(2, 0, 6), Reading.VIEWS_DIFFER),  # three quarters strong, yet two camps
        (Bands(0, 6, 0), Reading.MIXED),
        (Bands(0, 0, 0), None),
    ],
)
def test_a_reading_comes_from_the_bands_and_views_differ_overrides(bands, reading):
    assert readings.read_bands(bands) == reading


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_turning_the_bands_round_swaps_strength_and_gap(weak, middle, strong):
    swap = {
        Reading.SHARED_STRENGTH: Reading.SHARED_GAP,
        Reading.SHARED_GAP: Reading.SHARED_STRENGTH,
    }
    reading = readings.read_bands(Bands(weak, middle, strong))

    turned = readings.read_bands(Bands(strong, middle, weak))

    assert turned == swap.get(reading, reading)


def test_no_level_word_stands_beside_views_differ():
    assert readings.shown_levels(3.0, Reading.VIEWS_DIFFER) == ()
    assert readings.shown_levels(3.0, Reading.MIXED) == (PATCHY,)
    assert readings.shown_levels(None, Reading.MIXED) == ()


def test_dont_knows_are_flagged_from_a_quarter_of_the_counted():
    assert readings.has_many_dont_knows(2, 8) is True
    assert readings.has_many_dont_knows(2, 9) is False
    assert readings.has_many_dont_knows(0, 0) is False


def test_one_whole_point_is_worth_a_conversation_whichever_way_it_runs():
    assert readings.is_worth_a_conversation(3.3, 4.3) is True
    assert readings.is_worth_a_conversation(4.3, 3.3) is True
    assert readings.is_worth_a_conversation(3.3, 4.2) is False


def test_wide_spread_begins_at_one_point_two():
    assert readings.is_widely_spread(1.2) is True
    assert readings.is_widely_spread(1.1) is False


def test_discussion_takes_split_then_low_then_dont_know_then_the_strongest_three():
    topics = [
        Topic("strong", 4.5, Bands(0, 1, 9)),
        Topic("hidden", None, None),
        Topic("unseen", None, None, dont_know=6, dont_know_flag=True),
        Topic("low", 2.1, Bands(6, 4, 0)),
        Topic("split low", 2.0, Bands(7, 0, 3)),
        Topic("lower", 1.8, Bands(8, 2, 0), dont_know=5, dont_know_flag=True),
        Topic("split", 3.0, Bands(5, 0, 5)),
        Topic("fourth", 3.6, Bands(0, 5, 5)),
        Topic("second", 4.2, Bands(0, 2, 8)),
        Topic("third", 4.2, Bands(0, 2, 8)),
        Topic("most unseen", 4.9, Bands(0, 0, 7), dont_know=7, dont_know_flag=True),
    ]

    assert readings.order_for_discussion(topics) == (
        ("split", Reason.VIEWS_DIFFER),
        ("split low", Reason.VIEWS_DIFFER),
        ("lower", Reason.LOW),
        ("low", Reason.LOW),
        ("most unseen", Reason.DONT_KNOW),
        ("unseen", Reason.DONT_KNOW),
        ("strong", Reason.STRONGEST),
        ("second", Reason.STRONGEST),
        ("third", Reason.STRONGEST),
    )
