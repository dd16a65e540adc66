"""What closing stores beside levels: the quick test, contact, candour, foresight, groups."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.measures.answers import PREFER_NOT_TO_SAY
from assessments.models.results import (
    ContactFigure,
    DimensionFigure,
    ForesightFigure,
    InstrumentFigure,
    Result,
    StatementFigure,
)
from assessments.models.rounds import Round, RoundInstrument, RoundItem
from assessments.services.answering.own import open_sealed
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

RARELY, PATCHY, USUALLY, DIFFER = 1, 2, 3, 4


def open_with_everything(*, codes=("quick_test", "contact"), sectors=(0, 0, 1, 1), each=4, **flags):
    """An open round that asks what pages will offer later: two organisations in each sector."""
    partnership = make_partnership()
    round_ = make_round(partnership)
    for order, edition in enumerate(published(*codes), start=2):
        RoundInstrument.objects.create(
            round=round_, edition=edition, audience="leaders", order=order
        )
    Round.objects.filter(pk=round_.pk).update(**flags)
    for sector in sectors:
        make_people(round_, each, organisation=make_organisation(partnership, sector=sector))
    round_.refresh_from_db()
    return open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())


def everyone_answers(round_, choose):
    people = round_.participants.order_by("id")
    return [
        answer(person, lambda item, place=place: choose(item, place))
        for place, person in enumerate(people)
    ]


def choose_by_code(**by_code):
    """Values by the beginning of an item's code; a list goes round the people; else 4 or "yes"."""

    def choose(item, place):
        for start, value in by_code.items():
            if item.code.startswith(start):
                return value[place % len(value)] if isinstance(value, list) else value
        return 2 if item.code.startswith("QT") else 4

    return choose


def test_quick_test_stores_counts_and_the_suggestion(content):
    round_ = open_with_everything()
    everyone_answers(round_, choose_by_code(QT1=[2, 2, 1, 0], QT4=-2))

    close(round_)

    rows = {row.code: row for row in StatementFigure.objects.filter(instrument_code="quick_test")}
    assert rows["QT1"].counts == [4, 4, 8]
    assert rows["QT2"].counts == [0, 0, 16]
    assert (rows["QT4"].counts, rows["QT4"].dont_know) == (None, 16)
    figure = InstrumentFigure.objects.get(instrument_code="quick_test")
    assert (figure.counted, figure.suggestion) == (16, "systems_leadership")


def test_contact_asks_about_sectors_with_enough_people_from_enough_organisations(content):
    round_ = open_with_everything(sectors=(0, 0, 1, 2, 2), each=3)

    items = list(RoundItem.objects.filter(round=round_, code__startswith="contact"))

    names = [item.sector.name if item.sector else "other partners" for item in items]
    assert names == ["NHS trusts", "Councils", "other partners"]


def test_contact_stores_the_nearest_word_between_sectors(content):
    round_ = open_with_everything(codes=("contact",))
    nhs = RoundItem.objects.get(round=round_, sector__name="NHS trusts")
    sector_of = {
        str(person.pk): person.organisation.sector.name
        for person in round_.participants.select_related("organisation__sector")
    }
    for person in round_.participants.all():
        meets = 2 if sector_of[str(person.pk)] == "NHS trusts" else 5
        answer(person, lambda item, meets=meets: meets if item.pk == nhs.pk else 4)

    close(round_)

    cells = ContactFigure.objects.filter(item=nhs).values_list("sector_name", "point")
    assert dict(cells) == {"Primary care": 5}


def test_what_people_say_of_their_own_sector_is_neither_counted_nor_sealed(content):
    round_ = open_with_everything(codes=("contact",))
    person = round_.participants.select_related("organisation__sector").first()
    own = RoundItem.objects.get(round=round_, sector=person.organisation.sector)
    given = everyone_answers(round_, choose_by_code(contact=4))

    close(round_)

    mine = next(one for one in given if one.participant == person)
    sealed = open_sealed(round_id=round_.pk, reader=mine.reader)
    asked = RoundItem.objects.filter(round=round_, code__startswith="contact")
    others = {item.code for item in asked if item != own}
    assert {code for code in sealed.answers if code.startswith("contact")} == others
    cells = ContactFigure.objects.values_list("sector_name", "item__sector__name")
    assert cells.exists()
    assert all(one != other for one, other in cells)


def test_contact_of_a_sector_below_the_smallest_group_leaves_no_row(content):
    round_ = open_with_everything(sectors=(0, 0, 1, 1), each=2)
    everyone_answers(round_, choose_by_code(**{"contact": 3}))

    close(round_)

    assert Result.objects.get().counted == 8
    assert ContactFigure.objects.count() == 0


def test_candour_is_stored_for_the_whole_with_those_who_prefer_not_to_say(content):
    round_ = open_with_everything(codes=(), asks_candour=True)
    everyone_answers(round_, choose_by_code(CA1=[5, 4, 2, PREFER_NOT_TO_SAY]))

    close(round_)

    row = StatementFigure.objects.get(instrument_code="candour")
    assert (row.people, row.weak, row.strong, row.prefer_not_to_say) == (12, 4, 8, 4)
    assert row.reading == ""


def test_candour_and_foresight_belong_to_no_factor(content):
    round_ = open_with_everything(codes=(), asks_candour=True, asks_foresight=True)
    everyone_answers(round_, choose_by_code(CA1=1, PR1=RARELY))

    close(round_)

    whole = DimensionFigure.objects.filter(group="whole")
    assert whole.count() == 5
    codes = StatementFigure.objects.filter(instrument_code="five_factors", group="whole")
    assert codes.count() == 30


def test_foresight_counts_those_who_knew_the_published_result(content):
    round_ = open_with_everything(codes=(), asks_foresight=True)
    camps = {"SC": [1, 5]}
    guesses = {"PR1.SC": [DIFFER, USUALLY, USUALLY, USUALLY], "PR1.SV": [USUALLY, PATCHY]}

    def choose(item, place):
        if item.question_id:
            return choose_by_code(**guesses, PR1=PATCHY)(item, place)
        value = choose_by_code(**camps)(item, place)
        return 6 - value if item.statement.reverse else value

    everyone_answers(round_, choose)

    close(round_)

    percents = dict(ForesightFigure.objects.values_list("dimension__code", "percent"))
    assert percents["SC"] == 25
    assert percents["SV"] == 50


def test_own_sealed_answers_hold_the_single_questions_too(content):
    round_ = open_with_everything(codes=(), asks_candour=True)
    people = everyone_answers(round_, choose_by_code(CA1=3))

    close(round_)

    mine = open_sealed(round_id=people[0].participant.round_id, reader=people[0].reader)
    assert mine.answers == people[0].values
    assert mine.answers["CA1"] == 3


def test_a_round_soon_after_another_stores_bands_alone(content):
    first = open_with_everything(asks_candour=True, asks_foresight=True)
    everyone_answers(first, choose_by_code())
    close(first)
    now = timezone.now()
    partnership = first.partnership
    second = make_round(partnership)
    for order, edition in enumerate(published("quick_test", "contact"), start=2):
        RoundInstrument.objects.create(
            round=second, edition=edition, audience="leaders", order=order
        )
    Round.objects.filter(pk=second.pk).update(asks_candour=True, asks_foresight=True)
    for organisation in partnership.organisations.all():
        make_people(second, 4, organisation=organisation)
    second.refresh_from_db()
    second = open_round(round_=second, actor=owner_of(partnership), now=now)
    everyone_answers(second, choose_by_code())

    close(second)

    result = Result.objects.get(round=second)
    assert result.is_bands_only is True
    rows = result.statement_figures.all()
    assert Counter(row.instrument_code for row in rows) == {"five_factors": 30, "candour": 1}
    assert {(row.mean, row.counts is None) for row in rows} == {(None, True)}
    assert all(row.weak is not None for row in rows)
    assert {(row.dont_know, row.prefer_not_to_say) for row in rows} == {(None, None)}
    assert not result.contact_figures.exists()
    assert not result.foresight_figures.exists()
    assert not result.dimension_figures.exclude(mean=None).exists()


def test_groups_that_are_shown_have_rows_and_hidden_groups_have_none(content):
    round_ = open_with_everything(codes=(), sectors=(0, 1, 2), each=6)
    partnership = round_.partnership
    lonely = make_organisation(partnership, "Lonely Charity", sector=4)
    make_people(round_, 2, organisation=lonely)
    everyone_answers(round_, choose_by_code(SV1=[2, 5]))

    close(round_)

    names = set(DimensionFigure.objects.exclude(group="whole").values_list("group_name", flat=True))
    assert "Lonely Charity" not in names
    assert "Voluntary and community" not in names
    shown = DimensionFigure.objects.exclude(group="whole").count()
    assert shown > 0


@pytest.mark.parametrize("people", [4, 5])
def test_nothing_is_stored_below_the_smallest_group(content, people):
    round_ = open_with_everything(
        codes=("quick_test",), sectors=(0,), each=people + 1, asks_candour=True
    )
    for person in list(round_.participants.all())[:people]:
        answer(person, lambda item: 2 if item.code.startswith("QT") else 4)

    close(round_, now=timezone.now() + timedelta(days=15))

    stored = (StatementFigure.objects.exists(), InstrumentFigure.objects.exists())
    assert stored == ((True, True) if people == 5 else (False, False))
