from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.measures.answers import DONT_KNOW, NOT_APPLICABLE, PREFER_NOT_TO_SAY
from assessments.measures.figures import DimensionFigures
from assessments.measures.intervals import Interval
from assessments.measures.published import discuss_statements, publish_whole
from assessments.measures.readings import Level, Reading, Reason
from assessments.measures.shapes import DimensionShape, InstrumentShape, ItemShape
from assessments.measures.spread import Bands, Quartiles
from tests.measures import naive
from tests.measures.shapes import make_instrument
from tests.measures.strategies import answer_matrices

IDENTITY = {"code", "rating", "dimension", "reverse"}
NOT_ANSWERS = {"dont_know", "not_applicable", "prefer_not_to_say", "dont_know_flag"}
DETAIL = {"counts", "quartiles", "sd", "ad", "consensus", "awg"}


def shown_fields(figure):
    return {
        field.name
        for field in fields(figure)
        if getattr(figure, field.name) not in (None, (), False) and field.name not in IDENTITY
    }


def publish(rows, shape=None, known=(), invited=None, k=5, **options):
    answers = np.array(rows, dtype=np.int8)
    flags = [person in known for person in range(len(answers))]
    shape = shape or make_instrument()
    return publish_whole(shape, answers, flags, invited or len(answers), k, **options)


def test_a_statement_of_eight_people_shows_everything():
    shape = make_instrument(dimensions=1, items=1, min_answered=1)

    statement = publish([[1], [2], [2], [4], [4], [5], [5], [5]], shape).statements[0]

    assert statement.answered == 8
    assert statement.mean == 3.5
    assert statement.bands == Bands(3, 0, 5)
    assert statement.reading == Reading.VIEWS_DIFFER
    assert statement.levels == ()
    assert statement.low is False
    assert statement.counts == (1, 2, 0, 2, 3)
    assert statement.quartiles == Quartiles(2.0, 4.0, 5.0)
    assert statement.sd == 1.5
    assert statement.ad == 1.4
    assert statement.consensus == 35
    assert statement.awg == -0.2
    assert (statement.dont_know, statement.dont_know_flag) == (0, False)


def test_a_statement_of_five_shows_bands_and_mean_and_nothing_finer():
    shape = make_instrument(dimensions=1, items=1, min_answered=1)

    statement = publish([[4]] * 5 + [[DONT_KNOW]], shape).statements[0]

    assert shown_fields(statement) == {"shown", "answered", "mean", "bands", "reading", "levels"}
    assert statement.reading == Reading.SHARED_STRENGTH
    assert statement.detail_shown is False


def test_fewer_than_k_counted_publish_nothing_at_all():
    whole = publish([[4, 4, 4, 4, 4, 4]] * 4)

    assert (whole.shown, whole.invited, whole.counted) == (False, None, None)
    assert [shown_fields(figure) for figure in whole.statements] == [set()] * 6
    assert whole.dimensions == (DimensionFigures("A"), DimensionFigures("B"))


def test_nobody_at_all_publishes_nothing():
    whole = publish_whole(make_instrument(), np.empty((0, 6), np.int8), [], 12)

    assert whole.shown is False


def test_known_people_stay_in_figures_but_not_in_sizes():
    shape = make_instrument(dimensions=1, items=1, min_answered=1)
    rows = [[1]] + [[5]] * 5

    with_known = publish(rows, shape, known={0})
    too_few = publish(rows, shape, known={0, 1})
    everybody = publish(rows, shape, known=set(range(6)))

    assert with_known.counted == 6
    assert with_known.statements[0].mean == 4.3
    assert with_known.statements[0].bands == Bands(1, 0, 5)
    assert too_few.shown is False
    assert everybody.shown is False


def test_known_people_do_not_open_the_detail():
    shape = make_instrument(dimensions=1, items=1, min_answered=1)

    whole = publish([[3]] * 8, shape, known={7})

    assert whole.statements[0].answered == 8
    assert whole.statements[0].detail_shown is False
    assert whole.dimensions[0].detail_shown is False


def test_only_people_in_the_base_of_a_dimension_are_in_its_statements():
    # The last person answered A1 alone: not in B(A), so not in B(A1), but counts through B.
    rows = [[4, 4, 4, 4, 4, 4]] * 5 + [[1, -1, -1, 4, 4, 4]]

    whole = publish(rows)

    assert whole.counted == 6
    assert whole.statements[0].answered == 5
    assert whole.statements[0].mean == 4.0
    assert whole.dimensions[0].answered == 5
    assert whole.dimensions[1].answered == 6


def test_people_without_a_dimension_at_its_minimum_do_not_count():
    rows = [[4, 4, 4, 4, 4, 4]] * 5 + [[1, -1, -1, -2, 1, -2]]

    whole = publish(rows)

    assert whole.counted == 5
    assert whole.statements[3].dont_know == 0


def test_a_dimension_needs_half_of_its_statements_shown():
    shape = make_instrument(dimensions=1, items=4, min_answered=1)
    full = [[4, 4, 4, 4]] * 4

    two_shown = publish([*full, [2, 2, -2, -2]], shape)
    one_shown = publish([*full, [2, -2, -2, -2]], shape)

    assert [figure.shown for figure in two_shown.statements] == [True, True, False, False]
    assert two_shown.dimensions[0].mean == 3.6
    assert one_shown.dimensions[0] == DimensionFigures("A")


def test_a_dimension_mean_is_that_of_the_statement_means_that_are_shown():
    # People's scores average 2.5; statement means are 4.0 (of 5) and 1.0 (of 10).
    shape = make_instrument(dimensions=1, items=2, min_answered=1)
    rows = [[4, 1]] * 5 + [[-1, 1]] * 5

    dimension = publish(rows, shape).dimensions[0]

    assert dimension.mean == 2.5
    assert dimension.quartiles == Quartiles(1.0, 1.8, 2.5)


def test_a_hidden_statement_is_not_in_the_dimension_mean():
    shape = make_instrument(dimensions=1, items=2, min_answered=1)
    rows = [[4, 1]] * 4 + [[4, -1]] * 5

    whole = publish(rows, shape)

    assert whole.statements[1].shown is False
    assert whole.dimensions[0].mean == 4.0


def test_a_dimension_of_eight_shows_spread_bins_and_interval():
    shape = make_instrument(dimensions=1, items=2, min_answered=1)
    rows = [[1, 2], [2, 2], [2, 3], [3, 3], [4, 4], [4, 5], [5, 5], [5, 5]]

    dimension = publish(rows, shape, invited=10).dimensions[0]

    assert dimension.mean == 3.4
    assert dimension.reading == Reading.VIEWS_DIFFER
    assert dimension.bins == (0, 1, 1, 1, 1, 0, 1, 3)
    assert dimension.ad == 1.2
    assert dimension.rwg == 0.0
    # mean 3.4375, sample SD 1.4001, t(7) 2.3646, root of 0.2: 0.523.
    assert dimension.interval == Interval(2.9, 4.0)


def test_an_interval_is_a_point_when_everyone_answered():
    shape = make_instrument(dimensions=1, items=1, min_answered=1)
    rows = [[1], [5], [2], [4], [3], [3], [2], [4]]

    everyone = publish(rows, shape, invited=8).dimensions[0].interval
    more_than_invited = publish(rows, shape, invited=5).dimensions[0].interval

    assert everyone == more_than_invited == Interval(3.0, 3.0)


def test_an_interval_lies_around_the_published_mean_and_tells_no_second_one():
    # The mean of people's scores is 1.75.
    shape = make_instrument(dimensions=1, items=2, min_answered=1)

    dimension = publish([[4, 1]] * 5 + [[-1, 1]] * 5, shape, invited=10).dimensions[0]

    assert (dimension.mean, dimension.interval) == (2.5, Interval(2.5, 2.5))


def test_an_interval_stays_on_the_scale():
    shape = make_instrument(dimensions=1, items=1, min_answered=1)

    interval = publish([[5]] * 7 + [[1]], shape, invited=800).dimensions[0].interval

    assert interval == Interval(3.3, 5.0)


def test_dont_knows_are_counted_over_everyone_who_counts_even_when_answers_are_hidden():
    rows = [[DONT_KNOW, 4, 4, 4, 4, 4]] * 2 + [[NOT_APPLICABLE, 4, 4, 4, 4, 4]] * 2
    rows += [[4, 4, 4, 4, 4, 4]] * 4 + [[DONT_KNOW, -2, -2, 3, 3, 3]]

    statement = publish(rows).statements[0]

    assert shown_fields(statement) == {"dont_know", "not_applicable", "dont_know_flag"}
    assert (statement.dont_know, statement.not_applicable) == (3, 2)
    assert statement.dont_know_flag is True


def test_prefer_not_to_say_is_kept_apart_from_dont_know():
    shape = make_instrument(dimensions=1, items=2, min_answered=1, has_score=False)
    rows = [[4, 4]] * 6 + [[PREFER_NOT_TO_SAY, 4], [DONT_KNOW, 4]]

    statement = publish(rows, shape).statements[0]

    assert (statement.answered, statement.prefer_not_to_say, statement.dont_know) == (6, 1, 1)


def test_reversed_statements_are_published_turned_round():
    shape = make_instrument(dimensions=1, items=1, min_answered=1, reverse=("A1",))

    statement = publish([[5]] * 7 + [[4]], shape).statements[0]

    assert statement.reverse is True
    assert statement.mean == 1.1
    assert statement.counts == (7, 1, 0, 0, 0)
    assert statement.reading == Reading.SHARED_GAP
    assert statement.levels == (Level.RARELY_SEEN,)


def test_scales_with_words_of_their_own_get_no_reading_and_no_score():
    shape = make_instrument(
        dimensions=1, items=2, min_answered=1, has_score=False, has_reading=False
    )

    whole = publish([[1, 5]] * 9, shape)

    assert whole.dimensions == ()
    assert {figure.reading for figure in whole.statements} == {None}
    assert {figure.levels for figure in whole.statements} == {()}
    assert {figure.low for figure in whole.statements} == {None}
    assert discuss_statements(shape, whole) == ()


def test_two_ratings_of_one_difference_are_published_each_for_itself():
    shape = InstrumentShape(
        "differences",
        (DimensionShape("DS", 1, False),),
        (
            ItemShape("DF1", "DS", rating="size", has_reading=False),
            ItemShape("DF1", "DS", rating="handling", has_reading=False),
        ),
    )

    whole = publish([[5, 2]] * 5 + [[5, -3]] * 3, shape)

    assert [(figure.key, figure.answered) for figure in whole.statements] == [
        (("DF1", "size"), 8),
        (("DF1", "handling"), 5),
    ]


def test_a_raised_k_raises_every_line():
    rows = [[4, 4, 4, 4, 4, 4]] * 9

    assert publish(rows, k=10).shown is False
    assert publish(rows, k=9).statements[0].detail_shown is True
    nine = publish([*rows[:8], [4, 4, 4, -2, 4, 4]], k=9)
    assert [nine.statements[3].shown, nine.statements[3].detail_shown] == [False, False]


def test_a_smaller_k_is_refused():
    with pytest.raises(ValueError, match="never below 5"):
        publish([[4, 4, 4, 4, 4, 4]] * 9, k=4)


def test_answers_off_the_scale_and_other_scales_are_refused():
    with pytest.raises(ValueError, match="not on its scale"):
        publish([[0, 4, 4, 4, 4, 4]] * 9)
    with pytest.raises(ValueError, match="Expected 6"):
        publish([[4, 4, 4]] * 9)
    with pytest.raises(ValueError, match="One flag"):
        publish_whole(make_instrument(), np.ones((9, 6), np.int8), [False] * 8, 9)
    three = InstrumentShape(
        "test", (DimensionShape("Q", 1, False),), (ItemShape("Q1", "Q", points=(0, 1, 2)),)
    )
    with pytest.raises(ValueError, match="1 to 5"):
        publish([[1]] * 9, three)


def test_soon_after_another_round_the_bands_of_statements_are_shown_and_nothing_else():
    rows = [[1, 2, 3, 4, 5, DONT_KNOW]] * 9

    whole = publish(rows, bands_only=True)

    assert (whole.shown, whole.bands_only, whole.counted) == (True, True, 9)
    assert [shown_fields(figure) for figure in whole.statements] == [{"shown", "bands"}] * 5 + [
        set()
    ]
    assert whole.dimensions == (DimensionFigures("A"), DimensionFigures("B"))


def test_statements_to_discuss_come_from_published_figures():
    rows = [[1, 5, 5, 1, 4, DONT_KNOW]] * 5 + [[5, 5, 4, 1, 4, 4]] * 5

    shape = make_instrument()

    assert discuss_statements(shape, publish(rows, shape)) == (
        ("A1", Reason.VIEWS_DIFFER),
        ("B1", Reason.LOW),
        ("B3", Reason.DONT_KNOW),
        ("A2", Reason.STRONGEST),
        ("A3", Reason.STRONGEST),
        ("B2", Reason.STRONGEST),
    )


PEOPLE = (1, 16)
SIX = answer_matrices(people=PEOPLE, items=(6, 6))


@settings(max_examples=150)
@given(SIX, st.data())
def test_published_figures_equal_an_independent_computation(answers, data):
    known = data.draw(st.lists(st.booleans(), min_size=len(answers), max_size=len(answers)))
    k = data.draw(st.sampled_from([5, 6, 9]))
    shape = make_instrument(reverse=("A2", "B3"))

    whole = publish_whole(shape, answers, known, len(answers) + 2, k)

    rows = naive.turned_rows(answers.tolist(), [item.reverse for item in shape.items])
    parts = ([0, 1, 2], [3, 4, 5])
    bases = [[p for p, row in enumerate(rows) if naive.in_base(row, part, 2)] for part in parts]
    counted = sorted({*bases[0], *bases[1]})
    shown = naive.size(counted, known) >= k
    assert whole.shown is shown
    assert whole.counted == (len(counted) if shown else None)
    for column, figure in enumerate(whole.statements):
        expected = naive.statement(rows, column, bases[column // 3], known, k) if shown else {}
        assert figure.shown is ("mean" in expected)
        assert figure.detail_shown is ("counts" in expected)
        assert figure.answered == expected.get("answered")
        assert figure.mean == expected.get("mean")
        assert figure.bands == (Bands(*expected["bands"]) if "bands" in expected else None)
        assert figure.counts == expected.get("counts")
        assert figure.sd == expected.get("sd")
        assert figure.ad == expected.get("ad")
        assert (figure.quartiles and figure.quartiles.median) == expected.get("median")
    for part, figure in zip(parts, whole.dimensions, strict=True):
        expected = naive.dimension(rows, part, 2, known, k) if shown else {}
        assert figure.shown is bool(expected)
        assert figure.answered == expected.get("answered")
        assert figure.mean == expected.get("mean")
        assert figure.bins == expected.get("bins")
        assert (figure.quartiles and figure.quartiles.median) == expected.get("median")


@settings(max_examples=60)
@given(SIX, st.randoms())
def test_the_order_of_people_changes_nothing(answers, random):
    order = list(range(len(answers)))
    random.shuffle(order)
    known = np.arange(len(answers)) % 4 == 0
    shape = make_instrument()

    assert publish_whole(shape, answers[order], known[order], 20) == publish_whole(
        shape, answers, known, 20
    )


@settings(max_examples=60)
@given(SIX)
def test_adding_a_person_of_dont_knows_changes_no_figure(answers):
    shape = make_instrument()
    more = np.vstack([answers, np.full((1, 6), DONT_KNOW, dtype=np.int8)])

    before = publish_whole(shape, answers, [False] * len(answers), 30)

    assert publish_whole(shape, more, [False] * len(more), 30) == before


@settings(max_examples=100)
@given(SIX, st.sampled_from([5, 6, 8, 12]), st.booleans())
def test_nothing_is_shown_of_fewer_people_than_the_table_asks_for(answers, k, bands_only):
    whole = publish_whole(
        make_instrument(), answers, [False] * len(answers), 20, k, bands_only=bands_only
    )

    for figure in whole.statements:
        answered = figure.bands.total if figure.bands else 0
        if answered < max(8, k):
            assert not shown_fields(figure) & DETAIL
        if answered < k:
            assert shown_fields(figure) <= NOT_ANSWERS
