"""What a round asks: every part that can be chosen, and what stands in its way."""

import pytest

from assessments.models.content import Edition, Instrument, SingleQuestion
from assessments.models.rounds import Participant, Round, RoundItem
from assessments.services import round_set_up
from assessments.services.preflight import check_opening
from assessments.services.refusals import Refused
from assessments.services.round_items import list_large_sectors
from assessments.services.round_set_up import find_outside_edition, list_offered_editions
from assessments.services.rounds import change_round, list_problems, open_round
from tests.factories import (
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    owner_of,
    published,
)

EVERYTHING = [
    "five_factors",
    "six_ways",
    "practice",
    "context",
    "contact",
    "quick_test",
    "differences",
    "outside_view",
]
PROBLEM = "People wait too long to go home from hospital"


def make_draft_with_sectors(sizes, **fields):
    """A draft; `sizes` are (sector, organisations, people in each)."""
    partnership = make_partnership()
    round_ = make_round(partnership, **fields)
    for sector, organisations, people in sizes:
        for _ in range(organisations):
            make_people(round_, people, organisation=make_organisation(partnership, sector=sector))
    return round_


def open_it(round_, now):
    return open_round(round_=round_, actor=owner_of(round_.partnership), now=now)


def asked(round_):
    rows = round_.instruments.select_related("edition__instrument").order_by("order")
    return [(row.edition.instrument.code, row.audience) for row in rows]


def test_list_offered_editions_holds_what_leaders_can_be_asked_the_five_factors_first(content):
    codes = [edition.instrument.code for edition in list_offered_editions()]

    assert codes == EVERYTHING[:-1]
    assert find_outside_edition().instrument.code == "outside_view"


def test_what_is_not_published_is_not_offered(content):
    wanted = Edition.objects.filter(instrument__code__in=["contact", "outside_view"])
    wanted.update(state=Edition.State.RETIRED)

    assert "contact" not in [edition.instrument.code for edition in list_offered_editions()]
    assert find_outside_edition() is None


def test_a_round_can_ask_everything_in_one_order_and_each_of_its_audience(content, now):
    round_ = make_round(
        codes=EVERYTHING[::-1],
        quick_test_problem=f"  {PROBLEM}\n ",
        asks_candour=True,
        asks_foresight=True,
    )

    round_.refresh_from_db()
    assert asked(round_) == [
        (code, "outside" if code == "outside_view" else "leaders") for code in EVERYTHING
    ]
    assert (round_.quick_test_problem, round_.asks_candour, round_.asks_foresight) == (
        PROBLEM,
        True,
        True,
    )


def test_the_problem_is_kept_only_with_the_quick_test(content, now):
    round_ = make_round(quick_test_problem="P" * 999)

    assert round_.quick_test_problem == ""


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("", "Name the problem"),
        (" \n\t ", "Name the problem"),
        ("P" * 141, "can have 140 characters"),
        ("Waits\x00too long", "plain words"),
        ("Waits \u202etoo long", "plain words"),
    ],
)
def test_the_quick_test_needs_its_problem_in_one_plain_line(content, problem, reason):
    with pytest.raises(Refused, match=reason):
        make_round(codes=("five_factors", "quick_test"), quick_test_problem=problem)

    assert Round.objects.count() == 0


def test_the_problem_can_be_a_long_line_and_marks_are_text(content):
    words = "<b>Ärger & Wait</b> ".ljust(140, "é")

    round_ = make_round(codes=("five_factors", "quick_test"), quick_test_problem=words)

    assert round_.quick_test_problem == words


def test_an_instrument_that_rounds_do_not_ask_is_refused(content):
    Instrument.objects.filter(code="practice").update(code="something_else")

    with pytest.raises(Refused, match="published parts"):
        make_round(codes=("five_factors", "something_else"))


@pytest.mark.parametrize(
    ("flag", "code", "words"),
    [
        ("asks_candour", "CA1", "how openly people answered"),
        ("asks_foresight", "PR1", "what most others would say"),
    ],
)
def test_a_question_that_the_content_does_not_hold_is_refused(content, now, flag, code, words):
    draft = make_round(people=5, **{flag: True})
    SingleQuestion.objects.filter(code=code).delete()

    with pytest.raises(Refused, match=words):
        make_round(**{flag: True})
    with pytest.raises(Refused, match=words):
        open_it(draft, now)
    assert make_round().pk


def test_everything_is_frozen_once_open(content, now):
    draft = make_draft_with_sectors(
        [(0, 2, 3)], codes=EVERYTHING, quick_test_problem=PROBLEM, asks_candour=True
    )
    round_ = open_it(draft, now)
    before = (Round.objects.values().get(pk=round_.pk), asked(round_))

    with pytest.raises(Refused, match="This round is open"):
        change_round(
            round_=draft,
            editions=published("five_factors"),
            ends_at=round_.ends_at,
            smallest_group=5,
            purpose="",
            quick_test_problem="Another problem",
            actor=owner_of(round_.partnership),
            now=now,
        )

    assert (Round.objects.values().get(pk=round_.pk), asked(round_)) == before
    codes = set(RoundItem.objects.filter(round=round_).values_list("code", flat=True))
    assert {"CA1", "QT1", "OSV1", "contact.other"} & codes == {"CA1", "QT1", "OSV1"}


def test_contact_asks_by_name_about_sectors_with_three_people_from_two_organisations(content):
    # In turn: large; two people; one organisation; large only with people from outside.
    round_ = make_draft_with_sectors([(0, 3, 1), (1, 2, 1), (2, 1, 5), (3, 2, 2)])
    sectors = list(round_.partnership.sectors.order_by("id"))
    outside = round_.participants.filter(organisation__sector=sectors[3])[:2]
    Participant.objects.filter(pk__in=[person.pk for person in outside]).update(audience="outside")

    assert list_large_sectors(round_) == [sectors[0]]


def test_contact_without_any_organisation_stands_in_the_way(content, now):
    draft = make_round(people=6, codes=("five_factors", "contact"))

    (problem,) = list_problems(draft, now)

    assert problem.startswith("“Who meets whom” has no sector to ask about")
    assert list_problems(make_round(people=6), now) == []


def test_contact_without_a_large_sector_is_a_warning(content, now):
    small = make_draft_with_sectors([(0, 1, 5)], codes=("five_factors", "contact"))
    large = make_draft_with_sectors([(0, 2, 3)], codes=("five_factors", "contact"))

    assert list_problems(small, now) == []
    assert "no sector is large enough" in " ".join(check_opening(small, now).warnings)
    assert check_opening(large, now).warnings == []


@pytest.mark.parametrize(
    ("people", "words"),
    [(0, "No leader is on the list."), (1, "Only 1 leader is on"), (4, "Only 4 leaders are on")],
)
def test_a_short_list_of_leaders_is_a_warning_and_outside_people_do_not_fill_it(
    content, now, people, words
):
    draft = make_round(people=people + 5, codes=("five_factors", "outside_view"))
    outside = draft.participants.all()[:5]
    Participant.objects.filter(pk__in=[person.pk for person in outside]).update(audience="outside")

    (warning,) = check_opening(draft, now).warnings

    assert words in warning
    assert "If fewer than 5 answer, nothing is shown" in warning
    assert open_it(draft, now).is_open


def test_people_outside_need_something_to_be_asked(content, now):
    draft = make_round(people=6)
    Participant.objects.filter(pk=draft.participants.first().pk).update(audience="outside")

    (problem,) = list_problems(draft, now)

    assert "asks them nothing" in problem


@pytest.mark.parametrize(
    ("outside", "words"),
    [(0, "No person from outside is on"), (1, "Only 1 person from"), (4, "Only 4 people"), (5, "")],
)
def test_too_few_people_outside_are_a_warning_and_no_block(content, now, outside, words):
    draft = make_round(people=5 + outside, codes=("five_factors", "outside_view"))
    people = draft.participants.all()[:outside]
    Participant.objects.filter(pk__in=[person.pk for person in people]).update(audience="outside")

    check = check_opening(draft, now)

    assert check.problems == []
    assert (check.people, check.outside) == (5, outside)
    if words:
        assert words in check.warnings[0]
    else:
        assert check.warnings == []


def test_minutes_are_summed_for_each_audience(content, now):
    draft = make_round(people=5, codes=("five_factors", "six_ways", "outside_view"))

    check = check_opening(draft, now)

    minutes = {own.instrument.code: own.minutes_typical for own in Edition.objects.all()}
    assert check.minutes == minutes["five_factors"] + minutes["six_ways"]
    assert check.outside_minutes == minutes["outside_view"]


def test_the_problem_is_as_long_as_the_content_says(content):
    (test,) = published("quick_test")

    assert test.opening_field["max_chars"] == round_set_up.LONGEST_PROBLEM
    assert Round._meta.get_field("quick_test_problem").max_length >= round_set_up.LONGEST_PROBLEM
