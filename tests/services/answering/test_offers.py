"""What a save takes and what pages offer are one rule, written twice."""

import pytest
from django.utils import timezone

from assessments.models.responses import Answer, Comment
from assessments.models.rounds import Audience
from assessments.questionnaire.asked import read_asked
from assessments.services.answering import offers
from assessments.services.answering.offers import Offer
from assessments.services.answering.saving import GivenAnswer, save_answer, save_comment
from assessments.services.refusals import NotAsked
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import open_round
from tests.factories import (
    begin,
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    owner_of,
    seat_of,
)

EVERYTHING = (
    "five_factors",
    "six_ways",
    "practice",
    "context",
    "quick_test",
    "differences",
    "contact",
    "outside_view",
)
VALUES = (-4, -3, -2, -1, 0, 1, 4, 5, 6)


@pytest.fixture
def round_(content):
    """Asks everything of leaders from two large sectors and a small one, and of one outside."""
    partnership = make_partnership()
    round_ = make_round(
        partnership,
        codes=EVERYTHING,
        asks_candour=True,
        asks_foresight=True,
        quick_test_problem="Too few beds in winter.",
    )
    for sector, each in ((0, 2), (0, 2), (1, 2), (1, 2), (2, 1)):
        organisation = make_organisation(partnership, sector=sector)
        make_people(round_, each, organisation=organisation)
    actor, now = owner_of(partnership), timezone.now()
    outsider = NewPerson("Carer", "carer@example.org", None, "", audience=Audience.OUTSIDE)
    add_people(round_=round_, people=[outsider], actor=actor, now=now)
    return open_round(round_=round_, actor=actor, now=now)


def seat_in(round_, **wanted):
    person = round_.participants.filter(**wanted).first()
    return seat_of(person, begin(person).reader)


def takes(seat, item_id, value):
    try:
        return save_answer(
            seat=seat, given=GivenAnswer(item_id, value, None), now=timezone.now()
        ).is_current
    except NotAsked:
        return False


def offers_of_pages(round_, audience, sector=None):
    asked = read_asked(round_, audience)
    if sector:
        asked = [instrument.without_sector(sector) for instrument in asked]
    return {
        (item.id, point.value)
        for instrument in asked
        for page in instrument.pages
        for item in page.all_items
        for point in item.scale.offered
        if point.value in VALUES
    }


# Outside a test's own transaction: hundreds of savepoints that share a lock take PostgreSQL long.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("audience", Audience.values)
def test_a_save_takes_exactly_what_the_pages_offer(round_, audience):
    seat = seat_in(round_, audience=audience)
    sector = seat.organisation.sector_id if seat.organisation else None

    taken = {
        (item, value)
        for item in round_.items.values_list("pk", flat=True)
        for value in VALUES
        if takes(seat, item, value)
    }

    offered = offers_of_pages(round_, audience, sector)
    assert taken == offered
    assert len({item for item, _ in offered}) > (9 if audience == Audience.OUTSIDE else 60)


def test_a_whole_round_asks_every_kind_of_item(round_):
    items = round_.items
    assert items.filter(sector__isnull=False).count() == 2
    assert items.filter(is_other_sectors=True).count() == 1
    assert items.filter(question__code="PR1").count() == 5
    assert items.filter(question__code="CA1").count() == 1
    assert items.filter(rating="handling").exists()
    assert items.filter(statement__scale__isnull=False).exists()


def test_an_item_of_the_other_audience_is_refused(round_):
    leader = seat_in(round_, audience=Audience.LEADERS)
    outsider = seat_in(round_, audience=Audience.OUTSIDE)
    theirs = round_.items.filter(instrument__audience=Audience.OUTSIDE).first()
    ours = round_.items.filter(instrument__audience=Audience.LEADERS).first()

    assert [takes(leader, theirs.pk, 4), takes(outsider, ours.pk, 4)] == [False, False]
    assert not Answer.objects.exists()


def test_a_comment_of_the_other_audience_or_on_the_quick_test_is_refused(round_):
    outsider, leader = (
        seat_in(round_, audience=Audience.OUTSIDE),
        seat_in(round_, audience="leaders"),
    )
    dimension = round_.items.filter(statement__code__startswith="SV").first().dimension_id
    wordless = round_.items.filter(instrument__edition__instrument__code="quick_test").first()

    for seat, about in ((outsider, dimension), (leader, wordless.dimension_id)):
        with pytest.raises(NotAsked):
            write_comment(seat, about)
    write_comment(leader, dimension)
    assert Comment.objects.count() == 1


def write_comment(seat, about):
    return save_comment(
        seat=seat, dimension_id=about, text="We meet.", based_on=0, now=timezone.now()
    )


@pytest.mark.parametrize("kept", [frozenset({4}), frozenset({9}), frozenset()])
def test_what_was_kept_for_another_opening_decides_nothing(round_, kept):
    """Keys of rounds that were rolled back come again."""
    seat = seat_in(round_, audience=Audience.LEADERS)
    item = round_.items.filter(instrument__audience=Audience.LEADERS).first()
    for value, is_right in ((4, True), (9, False)):
        offers._kept[round_.pk, item.pk] = Offer(timezone.now(), Audience.OUTSIDE, kept)

        assert takes(seat, item.pk, value) is is_right
    assert offers.find_offer(round_id=round_.pk, item_id=item.pk).values == {1, 2, 3, 4, 5, -2, -3}


def test_a_process_keeps_a_bounded_number_of_offers(round_, monkeypatch):
    monkeypatch.setattr(offers, "MOST_KEPT", 3)
    offers.forget()

    for item in round_.items.values_list("pk", flat=True):
        offers.find_offer(round_id=round_.pk, item_id=item)

    assert 0 < len(offers._kept) <= 3


def test_the_own_sector_is_never_stored_and_without_the_code_nobody_learns_it(round_):
    own = seat_in(round_, organisation__isnull=False)
    blind = seat_of(own.participant)
    item = round_.items.get(sector=own.organisation.sector_id)
    others = round_.items.exclude(sector=item.sector).filter(sector__isnull=False).get()

    saved = [
        save_answer(seat=blind, given=GivenAnswer(one.pk, 3, None), now=timezone.now())
        for one in (item, others)
    ]

    assert takes(own, item.pk, 3) is False
    assert [(one.is_current, one.revision, len(one.token)) for one in saved] == [
        (True, None, 99),
        (True, None, 99),
    ]
    assert list(Answer.objects.values_list("item", flat=True)) == [others.pk]
