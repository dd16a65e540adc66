"""Leaders and people outside are two populations: counted, shown and sealed apart."""

from django.utils import timezone

from assessments.models.responses import SealedResponse
from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import Participant, RoundInstrument
from assessments.services.rounds import open_round
from tests.factories import (
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    owner_of,
    published,
)
from tests.services.closing.rounds import answer, close


def open_for_both(*, leaders=6, outside=6):
    """An open round that asks leaders the five factors and people outside their mirror."""
    round_ = make_round(people=leaders)
    RoundInstrument.objects.create(
        round=round_, edition=published("outside_view")[0], audience="outside", order=2
    )
    people = make_people(round_, outside)
    Participant.objects.filter(pk__in=[person.pk for person in people]).update(audience="outside")
    return open_round(round_=round_, actor=owner_of(round_.partnership), now=timezone.now())


def everyone_answers(round_, **values):
    for audience, value in values.items():
        asked = RoundInstrument.objects.filter(round=round_, audience=audience)
        for person in round_.participants.filter(audience=audience):
            answer(person, lambda item, value=value: value, instruments=asked)


def test_each_audience_has_a_result_of_its_own_people(content):
    round_ = open_for_both(leaders=6, outside=8)
    everyone_answers(round_, leaders=4, outside=2)

    close(round_)

    sizes = {result.audience: (result.invited, result.counted) for result in Result.objects.all()}
    assert sizes == {"leaders": (6, 6), "outside": (8, 8)}


def test_figures_are_never_mixed(content):
    round_ = open_for_both()
    everyone_answers(round_, leaders=4, outside=2)

    close(round_)

    means = DimensionFigure.objects.filter(group="whole", code="LT").values_list(
        "result__audience", "instrument_code", "mean"
    )
    assert {(audience, code, float(mean)) for audience, code, mean in means} == {
        # One of the six statements is a habit that is turned round: five 4s and a 2.
        ("leaders", "five_factors", 3.7),
        ("outside", "outside_view", 2.0),
    }


def close_with_two_organisations(audience):
    """Twelve people of two organisations answer the five factors as one audience."""
    partnership = make_partnership()
    round_ = make_round(partnership)
    for sector in (0, 1):
        make_people(round_, 6, organisation=make_organisation(partnership, sector=sector))
    round_ = open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())
    RoundInstrument.objects.filter(round=round_).update(audience=audience)
    Participant.objects.filter(round=round_).update(audience=audience)
    everyone_answers(round_, **{audience: 4})
    close(round_)


def test_people_outside_are_never_shown_by_group_where_leaders_would_be(content):
    close_with_two_organisations("leaders")
    close_with_two_organisations("outside")

    groups = DimensionFigure.objects.exclude(group="whole")
    assert set(groups.values_list("result__audience", flat=True)) == {"leaders"}


def test_too_few_outside_hide_nothing_of_the_leaders(content):
    round_ = open_for_both(leaders=6, outside=5)
    everyone_answers(round_, leaders=4)
    asked = RoundInstrument.objects.filter(round=round_, audience="outside")
    for person in list(round_.participants.filter(audience="outside"))[:4]:
        answer(person, lambda item: 2, instruments=asked)

    close(round_)

    counted = dict(Result.objects.values_list("audience", "counted"))
    assert counted == {"leaders": 6, "outside": None}
    assert not StatementFigure.objects.filter(result__audience="outside").exists()
    assert SealedResponse.objects.count() == 6
