"""Headline, paragraph and counts: made from the figures, in band words, without praise or blame."""

from dataclasses import replace

import pytest

from assessments.measures.readings import Reason
from assessments.results.discussion import FIRST, plan_discussion
from assessments.results.headline import write_headline, write_lead
from assessments.results.reading import read_result
from assessments.results.sentences import (
    compare_factors,
    count_answers,
    count_ends,
    list_hidden,
)
from tests.factories import make_closed_round
from tests.results.rounds import by_factor, close_with


def read(people=12, helpers=0, codes=("five_factors",), **values):
    return read_result(close_with(by_factor(**values), people=people, helpers=helpers, codes=codes))


def text_of(runs):
    return "".join(run.text for run in runs)


@pytest.mark.parametrize(
    ("values", "headline"),
    [
        (
            {"SV": 4, "PC": 5, "SC": (1, 5), "AL": 3, "LT": 3},
            "Personal contact and shared vision usually seen; views differ on conflict",
        ),
        (
            {"SV": 4, "PC": 3, "SC": (1, 5), "AL": (1, 5), "LT": 3},
            "Shared vision usually seen; views differ most on conflict",
        ),
        (
            {"SV": 4, "PC": 4, "SC": 3, "AL": 2, "LT": 3},
            "Shared vision and personal contact usually seen; altruism rarely seen",
        ),
        ({"SV": 5, "PC": 4, "SC": 4, "AL": 4, "LT": 4}, "All five factors usually seen"),
        ({"SV": 3, "PC": 3, "SC": 3, "AL": 3, "LT": 3}, "All five factors patchy"),
        ({"SV": 3, "PC": 2, "SC": 2, "AL": 3, "LT": 3}, "Three of the five factors patchy"),
        ({"SV": 3, "PC": 3, "SC": (1, 5), "AL": 3, "LT": 3}, "Views differ on conflict"),
        (
            dict.fromkeys(("SV", "PC", "SC", "AL", "LT"), (1, 5)),
            "Views differ on all five factors",
        ),
    ],
)
def test_headline(content, values, headline):
    assert write_headline(read(**values)) == headline


def test_headline_of_factors_that_share_no_word(content):
    result = read(SV=3, PC=3, SC=3, AL=3, LT=3)
    part = result.instruments[0]
    means = dict(zip(("SV", "PC", "SC"), (1.8, 2.5, 3.0), strict=True))
    dimensions = tuple(
        replace(one, mean=means[one.code]) for one in part.dimensions if one.code in means
    )
    result = replace(result, instruments=(replace(part, dimensions=dimensions),))

    assert write_headline(result) == "Three factors, from rarely seen to patchy"


def test_headline_names_at_most_two_strengths_and_one_difference(content):
    said = write_headline(read(SV=5, PC=5, SC=(1, 5), AL=(1, 5), LT=5)).lower()

    named = [
        name for name in ("vision", "contact", "conflict", "altruism", "longer") if name in said
    ]
    assert named == ["vision", "contact", "conflict"]


def test_headline_of_a_round_below_k(content):
    assert write_headline(read(people=5, helpers=1)) == "Too few people answered for results"


def test_lead_tells_who_answered_and_what_they_see(content):
    runs = write_lead(read(SV=4, PC=5, SC=(1, 5), AL=3, LT=3))

    assert text_of(runs) == (
        "12 of the 12 leaders invited answered. They usually see frequent personal contact (5.0) "
        "and shared vision and purpose (4.0), and most agree about both. Views differ on "
        "surfacing and resolving conflict: 6 usually see it, 6 rarely do, so its average would "
        "mislead. Altruism towards each other is patchy (3.0); commitment for the longer term is "
        "patchy (3.0)."
    )
    assert [run.text for run in runs if run.strong] == [
        "12 of the 12",
        "frequent personal contact",
        "shared vision and purpose",
        "surfacing and resolving conflict",
    ]


def test_lead_without_detail_counts_nobody_who_differs(content):
    said = text_of(write_lead(read(people=6, SC=(1, 5))))

    assert "Views differ on surfacing and resolving conflict, so its average" in said


def test_lead_of_a_round_of_bands_tells_who_answered_alone(content, now):
    first = make_closed_round(people=9, now=now)

    result = read_result(make_closed_round(first.partnership, people=9, now=now))

    assert text_of(write_lead(result)) == "9 of the 9 leaders invited answered."
    assert write_headline(result) == "Results of round 2"


def test_weakest_link_is_named_and_there_is_no_total(content):
    said = compare_factors(read(SV=4, PC=5, SC=3, AL=2, LT=3).five_factors)

    assert said.startswith("The weakest link is altruism, 3.0 points below personal contact.")
    assert "no total" in said


def test_weakest_link_is_not_named_where_a_factor_is_not_shown(content):
    round_ = close_with(by_factor())
    round_.results.get().dimension_figures.filter(code="AL").update(mean=None, people=None)

    assert compare_factors(read_result(round_).five_factors) == ""


def test_discussion_goes_from_split_to_low_to_strong(content):
    plan = plan_discussion(read(SV=5, PC=4, SC=(1, 5), AL=2, LT=3).five_factors)

    points = [*plan.first, *plan.others, *plan.strongest]
    assert [point.reason for point in points] == (
        [Reason.VIEWS_DIFFER] * 6 + [Reason.LOW] * 6 + [Reason.STRONGEST] * 3
    )
    assert len(plan.first) == FIRST
    assert {point.dimension.code for point in plan.first} == {"SC"}
    assert {point.dimension.code for point in plan.strongest} == {"SV"}


def test_counts_name_the_larger_end_first(content):
    part = read(SV=2, PC=5, SC=(1, 5)).five_factors
    found = {one.code: one for one in part.statements}

    assert count_ends(found["SV1"]) == (
        "12 of 12 see it hardly ever or occasionally, none usually or nearly always."
    )
    assert count_ends(found["PC1"]) == (
        "12 of 12 see it usually or nearly always, none hardly ever or occasionally."
    )
    assert count_ends(found["SV4"]) == (
        "A habit that gets in the way, so it is shown turned round: 12 of 12 see the habit "
        "usually or nearly always, none hardly ever or occasionally."
    )


def test_answers_apart_from_the_scale_are_counted(content):
    def choose(place):
        return lambda item: {0: -2, 1: -3}.get(place, 4) if item.code == "SV1" else 4

    statement = read_result(close_with(choose)).five_factors.statements[0]

    assert count_answers(statement) == "10 answered, 1 did not know and 1 said not applicable."


def test_what_is_not_shown_is_named_without_numbers(content):
    def choose(place):
        return lambda item: -2 if item.code == "SV1" and place > 3 else 4

    hidden = list_hidden(read_result(close_with(choose)))

    assert hidden == (
        "“We base our shared aims on the needs of our whole local population.”",
        "Single answers and the middle half of people, where only three bands stand",
    ) or hidden == ("“We base our shared aims on the needs of our whole local population.”",)


def test_nothing_is_listed_where_everything_is_shown(content):
    assert list_hidden(read()) == ()
