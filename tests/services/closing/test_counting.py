"""Who counts: submitted responses with enough answers, and nobody else."""

from assessments.models.responses import Sitting
from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import RoundInstrument
from tests.factories import begin, make_open_round
from tests.services.closing.rounds import answer, close


def figures_of(round_):
    """Every stored figure as plain values, without keys."""
    rows = []
    for model in (StatementFigure, DimensionFigure):
        for row in model.objects.filter(result__round=round_).values():
            rows.append({k: v for k, v in row.items() if not k.endswith("id")})
    return rows


def people_of(round_):
    return list(round_.participants.order_by("id"))


def test_close_leaves_out_a_response_that_was_not_submitted(content):
    round_ = make_open_round(people=9)
    *most, begun_only = people_of(round_)
    for person in most:
        answer(person, lambda item: 4)
    answer(begun_only, lambda item: 1, submit=False)

    close(round_)

    result = Result.objects.get(round=round_)
    assert (result.invited, result.counted) == (9, 8)
    counts = StatementFigure.objects.filter(
        group="whole", result=result, item__statement__reverse=False
    )
    assert {tuple(figure.counts) for figure in counts} == {(0, 0, 0, 8, 0)}


def test_a_sitting_that_is_kept_but_not_submitted_does_not_count(content):
    round_ = make_open_round(people=9)
    for person in people_of(round_):
        answer(person, lambda item: 4)
    Sitting.objects.filter(pk=Sitting.objects.first().pk).update(is_submitted=False)

    close(round_)

    assert Result.objects.get(round=round_).counted == 8


def test_close_leaves_out_a_response_without_enough_answers(content):
    round_ = make_open_round(people=9)
    *most, thin = people_of(round_)
    for person in most:
        answer(person, lambda item: 4)
    # Three of six in every factor: one fewer than a factor needs.
    answer(thin, lambda item: 1 if item.statement.order <= 3 else None)

    close(round_)

    result = Result.objects.get(round=round_)
    assert result.counted == 8
    assert {f.people for f in StatementFigure.objects.filter(group="whole", result=result)} == {8}


def test_close_counts_a_response_with_one_factor_answered(content):
    round_ = make_open_round(people=9)
    *most, partial = people_of(round_)
    for person in most:
        answer(person, lambda item: 4)
    answer(partial, lambda item: 2 if item.dimension.code == "SV" else None)

    close(round_)

    result = Result.objects.get(round=round_)
    people = dict(
        DimensionFigure.objects.filter(group="whole", result=result).values_list("code", "people")
    )
    assert result.counted == 9
    assert people == {"SV": 9, "PC": 8, "SC": 8, "AL": 8, "LT": 8}


def test_close_counts_only_the_instruments_that_were_submitted(content):
    round_ = make_open_round(people=9, codes=("five_factors", "six_ways"))
    factors, _ways = RoundInstrument.objects.filter(round=round_).order_by("order")
    *most, half = people_of(round_)
    for person in most:
        answer(person, lambda item: 4)
    answer(half, lambda item: 4, instruments=[factors])

    close(round_)

    people = dict(DimensionFigure.objects.filter(group="whole").values_list("code", "people"))
    assert (people["SV"], people["FE"]) == (9, 8)


def test_close_of_an_instrument_that_too_few_submitted_shows_nothing_of_it(content):
    round_ = make_open_round(people=9, codes=("five_factors", "six_ways"))
    factors, _ = RoundInstrument.objects.filter(round=round_).order_by("order")
    people = people_of(round_)
    for person in people[:4]:
        answer(person, lambda item: 4)
    for person in people[4:]:
        answer(person, lambda item: 4, instruments=[factors])

    close(round_)

    assert set(
        StatementFigure.objects.filter(group="whole").values_list("instrument_code", flat=True)
    ) == {"five_factors"}


def test_uncounted_responses_change_no_figure(content):
    without, with_them = make_open_round(people=9), make_open_round(people=9)
    for person in people_of(without)[:7]:
        answer(person, lambda item: 2 + item.statement.order % 3)
    people = people_of(with_them)
    for person in people[:7]:
        answer(person, lambda item: 2 + item.statement.order % 3)
    answer(people[7], lambda item: 1, submit=False)
    begin(people[8])

    # Seven of nine is under 80 %, so the clock closes them.
    close(without, now=without.ends_at)
    close(with_them, now=with_them.ends_at)

    assert figures_of(with_them) == figures_of(without)
