"""Choosing what a round asks, and reading it again before it is opened."""

import pytest
from django.utils import timezone

from assessments.models.content import Edition, SingleQuestion
from assessments.models.rounds import Round
from assessments.services.rounds import open_round
from tests.facilitators.pages import address, fill, of_round
from tests.factories import make_organisation, make_people, make_round, owner_of

PROBLEM = "People wait too long to go home from hospital"
TEST = {"also_ask": ["quick_test"], "quick_test_problem": PROBLEM}


def read(client, url):
    return " ".join(client.get(url).content.decode().split())


def asked(round_):
    rows = round_.instruments.select_related("edition__instrument")
    return {row.edition.instrument.code: row.audience for row in rows}


def test_everything_can_be_chosen(signed_in, content, partnership):
    every = ["six_ways", "practice", "context", "contact", "quick_test", "differences"]

    fill(
        signed_in,
        address("round_create", partnership),
        also_ask=every,
        quick_test_problem=f"  {PROBLEM}  ",
        asks_foresight="on",
        asks_candour="on",
        asks_outside="on",
    )

    round_ = Round.objects.get()
    leaders = dict.fromkeys(["five_factors", *every], "leaders")
    assert asked(round_) == leaders | {"outside_view": "outside"}
    assert (round_.quick_test_problem, round_.asks_foresight, round_.asks_candour) == (
        PROBLEM,
        True,
        True,
    )


def test_nothing_more_than_the_five_factors_is_chosen_unless_ticked(
    signed_in, content, partnership
):
    fill(signed_in, address("round_create", partnership))

    round_ = Round.objects.get()
    assert asked(round_) == {"five_factors": "leaders"}
    assert (round_.asks_foresight, round_.asks_candour) == (False, False)


@pytest.mark.parametrize(
    ("problem", "error"),
    [("", "Name the problem in one line"), (" \t ", "Name the problem"), ("P" * 141, "140 char")],
)
def test_the_quick_test_needs_its_problem_and_keeps_the_rest(
    signed_in, content, partnership, problem, error
):
    typed = TEST | {"quick_test_problem": problem, "purpose": "Kept words", "asks_candour": "on"}

    response = fill(signed_in, address("round_create", partnership), **typed)

    form = response.context["form"]
    assert error in str(form.errors["quick_test_problem"])
    assert (form["purpose"].value(), form["asks_candour"].value()) == ("Kept words", True)
    assert form["also_ask"].value() == ["quick_test"]
    assert Round.objects.count() == 0


def test_what_a_service_refuses_is_told_in_the_form(signed_in, content, partnership):
    SingleQuestion.objects.filter(code="CA1").delete()

    response = fill(signed_in, address("round_create", partnership), asks_candour="on")

    assert "how openly people answered is not in the checklist" in response.content.decode()
    assert Round.objects.count() == 0


def test_the_problem_is_text_and_no_markup(signed_in, content, partnership):
    typed = TEST | {"quick_test_problem": "<script>alert(1)</script>"}
    fill(signed_in, address("round_create", partnership), **typed)

    text = read(signed_in, of_round("round_detail", Round.objects.get()))

    assert "The problem: &lt;script&gt;" in text
    assert "<script>alert" not in text


def test_editing_shows_what_is_chosen_and_keeps_it(signed_in, content, partnership):
    round_ = make_round(
        partnership,
        codes=("five_factors", "quick_test", "outside_view"),
        quick_test_problem=PROBLEM,
        asks_candour=True,
    )
    before = Round.objects.values().get()
    url = of_round("round_edit", round_)

    fill(signed_in, url, purpose="New")

    after = Round.objects.values().get()
    assert after | {"purpose": "", "ends_at": ""} == before | {"purpose": "", "ends_at": ""}
    assert asked(round_) == {
        "five_factors": "leaders",
        "quick_test": "leaders",
        "outside_view": "outside",
    }


def test_two_facilitators_change_what_is_asked(signed_in, content, partnership):
    """The digest of what was stored covers every choice."""
    url = of_round("round_edit", make_round(partnership))
    old = signed_in.get(url).context["form"].initial["seen"]
    fill(signed_in, url, asks_outside="on")

    response = fill(signed_in, url, asks_outside="", seen=old)

    assert "Somebody saved this" in str(response.context["form"].non_field_errors())
    assert "outside_view" in asked(Round.objects.get())


def test_the_form_says_minutes_and_their_sum(signed_in, content, partnership):
    text = read(signed_in, address("round_create", partnership))

    everything = sum(
        edition.minutes_typical
        for edition in Edition.objects.published().exclude(instrument__code="outside_view")
    )
    assert f"about 6 minutes, all of it together about {everything}." in text
    assert "Is this a systems leadership problem? About 1 minute<" in text
    assert "Do not include anything that could identify a patient" in text


def test_the_form_names_the_sectors_that_contact_can_ask_about(signed_in, content, partnership):
    round_ = make_round(partnership)
    url = of_round("round_edit", round_)
    empty = read(signed_in, url)
    make_people(round_, 2, organisation=make_organisation(partnership))
    small = read(signed_in, url)
    make_people(round_, 1, organisation=make_organisation(partnership))

    large = read(signed_in, url)

    assert "On this list" not in empty
    assert "On this list no sector is large enough yet." in small
    assert "On this list now: 1 (NHS trusts)." in large


def test_without_a_form_for_outside_there_is_no_choice(signed_in, content, partnership):
    Edition.objects.filter(instrument__code__in=["outside_view", "quick_test"]).update(
        state=Edition.State.RETIRED
    )

    response = signed_in.get(address("round_create", partnership))

    assert "asks_outside" not in response.context["form"].fields
    assert "view from outside" not in response.content.decode()
    fill(signed_in, address("round_create", partnership), asks_outside="on")
    assert asked(Round.objects.get()) == {"five_factors": "leaders"}


def test_draft_and_preflight_show_what_each_audience_is_asked(signed_in, content, partnership):
    round_ = make_round(
        partnership,
        people=6,
        codes=("five_factors", "six_ways", "quick_test", "outside_view"),
        quick_test_problem=PROBLEM,
        asks_candour=True,
        asks_foresight=True,
    )

    for name in ("round_detail", "round_open"):
        text = read(signed_in, of_round(name, round_))
        leaders, outside = text.split("Asks people outside", 1)
        assert "About 13 minutes in all" in leaders
        assert f"The problem: {PROBLEM}" in leaders
        assert "After each factor, what most others would say" in leaders
        assert "At the end, how openly people answered" in leaders
        assert "The view from outside <" in outside
        assert "about 3 minutes" in outside


def test_what_is_asked_cannot_be_changed_once_open(signed_in, content, partnership):
    draft = make_round(partnership, people=6, codes=("five_factors", "outside_view"))
    url = of_round("round_edit", draft)
    seen = signed_in.get(url).context["form"].initial["seen"]
    open_round(round_=draft, actor=owner_of(partnership), now=timezone.now())

    values = TEST | {"seen": seen, "smallest_group": "5", "asks_candour": "on"}
    values |= {"ends_on": "2027-01-15", "ends_time": "12:00"}
    first = signed_in.post(url, values)
    second = signed_in.post(url, values | {"seen": first.context["form"]["seen"].value()})

    assert "Only its end date" in str(second.context["form"].non_field_errors())
    assert asked(draft) == {"five_factors": "leaders", "outside_view": "outside"}
