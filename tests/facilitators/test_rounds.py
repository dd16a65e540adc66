"""Setting up a round, opening it, and watching it without seeing any result."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from assessments.models.content import Edition
from assessments.models.partnerships import Facilitation
from assessments.models.responses import Answer
from assessments.models.rounds import Round
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import move_end, open_round
from tests.facilitators.pages import address, count_queries, fill, of_round, said
from tests.factories import (
    answer_all,
    begin,
    make_closed_round,
    make_open_round,
    make_organisation,
    make_partnership,
    make_people,
    make_round,
    make_user,
    owner_of,
)


def asked(round_):
    return [row.edition.instrument.code for row in round_.instruments.all()]


def test_create_round_with_sensible_defaults(signed_in, content, partnership):
    fill(signed_in, address("round_create", partnership))

    round_ = Round.objects.get()
    ends = timezone.localtime(round_.ends_at)
    assert ends.date() == timezone.localdate() + timedelta(days=14)
    assert ends.time() == time(17, 0)
    assert (round_.smallest_group, round_.asks_for_comments, asked(round_)) == (
        5,
        True,
        ["five_factors"],
    )


def test_create_round_with_everything_chosen(signed_in, content, partnership):
    day = timezone.localdate() + timedelta(days=20)

    response = fill(
        signed_in,
        address("round_create", partnership),
        also_ask=["context", "six_ways"],
        ends_on=day.isoformat(),
        ends_time="09:30",
        smallest_group="7",
        purpose="Because",
        session_on="2027-01-15",
        asks_for_comments="",
    )

    round_ = Round.objects.get()
    assert asked(round_) == ["five_factors", "six_ways", "context"]
    assert timezone.localtime(round_.ends_at).replace(tzinfo=None) == datetime.combine(
        day, time(9, 30)
    )
    assert (round_.smallest_group, round_.purpose, round_.session_on) == (
        7,
        "Because",
        date(2027, 1, 15),
    )
    assert round_.asks_for_comments is False
    assert response.redirect_chain[0][0] == of_round("round_detail", round_)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"ends_on": "0001-01-01"}, "ends_on"),
        ({"ends_on": "30 October"}, "ends_on"),
        ({"ends_on": ""}, "ends_on"),
        ({"ends_time": "five"}, "ends_time"),
        ({"smallest_group": "4"}, "smallest_group"),
        ({"smallest_group": "51"}, "smallest_group"),
        ({"smallest_group": "some"}, "smallest_group"),
        ({"also_ask": ["outside_view"]}, "also_ask"),
        ({"session_on": "soon"}, "session_on"),
        ({"purpose": "W" * 601}, "purpose"),
    ],
)
def test_a_wrong_set_up_is_told_and_nothing_typed_is_lost(
    signed_in, content, partnership, typed, field
):
    words = {"purpose": "Kept words"} | typed

    response = fill(signed_in, address("round_create", partnership), **words)

    assert list(response.context["form"].errors) == [field]
    assert words["purpose"] in response.content.decode()
    assert Round.objects.count() == 0


def test_without_published_content_the_page_says_whom_to_ask(signed_in, content, partnership):
    Edition.objects.published().update(state=Edition.State.RETIRED)

    response = fill(signed_in, address("round_create", partnership))

    assert "No checklist is published yet." in response.content.decode()
    assert "asks the five factors" in str(response.context["form"].non_field_errors())


def test_edit_a_draft_keeps_what_is_not_touched(signed_in, content, partnership):
    round_ = make_round(partnership, codes=("five_factors", "context"), purpose="Old")
    ends_at = round_.ends_at

    fill(signed_in, of_round("round_edit", round_), purpose="New")

    round_.refresh_from_db()
    assert (round_.purpose, asked(round_)) == ("New", ["five_factors", "context"])
    assert round_.ends_at == ends_at.replace(second=0, microsecond=0)


def test_two_facilitators_edit_one_draft(signed_in, content, partnership):
    url = of_round("round_edit", make_round(partnership))
    old = signed_in.get(url).context["form"].initial["seen"]
    fill(signed_in, url, purpose="First")

    response = fill(signed_in, url, purpose="Second", seen=old)

    assert "Somebody saved this" in str(response.context["form"].non_field_errors())
    assert "Second" in response.content.decode()
    assert Round.objects.get().purpose == "First"


def test_an_edit_that_comes_after_the_opening_changes_nothing(signed_in, content, partnership):
    round_ = make_round(partnership, people=6)
    url = of_round("round_edit", round_)
    values = {"seen": signed_in.get(url).context["form"].initial["seen"]}
    values |= {"ends_on": "2026-12-24", "ends_time": "12:00", "smallest_group": "9"}
    open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())

    response = signed_in.post(url, values)

    assert "Somebody saved this" in str(response.context["form"].non_field_errors())
    values["seen"] = response.context["form"]["seen"].value()
    again = signed_in.post(url, values)
    assert "Only its end date" in str(again.context["form"].non_field_errors())
    assert said(signed_in.get(url, follow=True))[0].startswith("Only a draft can be changed")
    round_.refresh_from_db()
    assert round_.smallest_group == 5


def test_delete_a_draft_after_a_question(signed_in, content, partnership):
    round_ = make_round(partnership, people=3)
    url = of_round("round_delete", round_)

    assert "list of 3 people" in signed_in.get(url).content.decode()
    assert Round.objects.exists()
    signed_in.post(url)
    assert not Round.objects.exists()


def test_an_open_round_is_not_deleted(signed_in, content, partnership):
    round_ = make_open_round(partnership)

    response = signed_in.post(of_round("round_delete", round_), follow=True)

    assert said(response) == ["Only a draft can be deleted."]
    assert Round.objects.filter(pk=round_.pk).exists()


def test_preflight_says_what_stands_in_the_way_and_offers_no_button(
    signed_in, content, partnership
):
    round_ = make_round(partnership, people=6, codes=("five_factors", "contact"))

    text = signed_in.get(of_round("round_open", round_)).content.decode()
    response = signed_in.post(of_round("round_open", round_), follow=True)

    assert "has no sector to ask about" in text
    assert '<button class="btn btn-primary" type="submit">Open' not in text
    assert "has no sector to ask about" in said(response)[0]
    round_.refresh_from_db()
    assert round_.is_draft


def test_preflight_warns_of_a_short_list_and_lets_the_round_open(signed_in, content, partnership):
    round_ = make_round(partnership, people=3, codes=("five_factors", "outside_view"))

    text = " ".join(signed_in.get(of_round("round_open", round_)).content.decode().split())
    draft = " ".join(signed_in.get(of_round("round_detail", round_)).content.decode().split())
    signed_in.post(of_round("round_open", round_))

    assert "Only 3 leaders are on the list." in text
    assert "No person from outside is on the list." in text
    assert "3 leaders and 0 people from outside are on the list" in draft
    round_.refresh_from_db()
    assert round_.is_open


def test_preflight_shows_what_leaders_will_be_told(signed_in, content, partnership, facilitator):
    answering = make_user("Answers Too")
    Facilitation.objects.create(partnership=partnership, user=answering, role="facilitator")
    Facilitation.objects.create(partnership=partnership, user=make_user("A Viewer"), role="viewer")
    round_ = make_round(partnership, people=5, smallest_group=6)
    add_people(
        round_=round_,
        people=[NewPerson("Answers Too", answering.email)],
        actor=facilitator,
        now=timezone.now(),
    )

    response = signed_in.get(of_round("round_open", round_))

    text = " ".join(response.content.decode().split())
    assert "Amara Osei, Answers Too. Until the round closes" in text
    assert "Amara Osei, after the close, and only if 10 or more" in text
    assert "No figure is shown for fewer than 6 people." in text
    assert "does A Viewer, who may view this partnership" in text
    assert response.context["preflight"].recent_close is None


def test_preflight_says_which_groups_could_be_shown_and_joins_small_sectors(
    signed_in, content, partnership
):
    round_ = make_round(partnership)
    for sector, size in enumerate((8, 3, 4)):
        make_people(round_, size, organisation=make_organisation(partnership, sector=sector))

    check = signed_in.get(of_round("round_open", round_))
    confirm = signed_in.get(of_round("round_join_sectors", round_))
    keys = [sector.pk for sector in confirm.context["merger"].sectors]
    done = signed_in.post(of_round("round_join_sectors", round_), {"sector": keys}, follow=True)

    text = " ".join(check.content.decode().split())
    assert "8 people: <strong>could be shown</strong>" in text
    assert "3 people: <strong>never</strong>" in text
    assert "“Other sectors” would be 7 people" in text
    assert said(done) == ["These sectors now count together as “Other sectors”."]
    text = " ".join(done.content.decode().split())
    assert "Other sectors, 7 people: <strong>could be shown</strong>" in text


def test_preflight_proposes_nothing_where_sectors_changed_meanwhile(
    signed_in, content, partnership
):
    round_ = make_round(partnership, people=6)

    asked_for = signed_in.get(of_round("round_join_sectors", round_), follow=True)
    done = signed_in.post(
        of_round("round_join_sectors", round_), {"sector": ["1", "x"]}, follow=True
    )

    assert said(asked_for) == ["No sectors have to be counted together."]
    assert said(done) == ["The list has changed meanwhile. Look at the groups once more."]


def test_preflight_shows_the_promise_as_somebody_on_the_list_will_read_it(
    signed_in, content, partnership
):
    round_ = make_round(partnership)
    make_people(round_, 6, organisation=make_organisation(partnership, "Northvale Council"))

    promise = signed_in.get(of_round("round_open", round_)).context["promise"]

    assert promise.is_named is True
    assert [(group.name, len(group.people)) for group in promise.groups] == [
        ("Northvale Partnership", 6),
        (partnership.sectors.order_by("id")[0].name, 6),
        ("Northvale Council", 6),
        ("Director or executive", 6),
    ]
    assert promise.readers == ("Amara Osei",)


def test_preflight_warns_soon_after_a_close(signed_in, content, partnership):
    make_closed_round(partnership)
    round_ = make_round(partnership, people=6)

    assert (
        "A round closed only recently."
        in signed_in.get(of_round("round_open", round_)).content.decode()
    )


def test_open_leads_to_the_links_and_a_second_tab_is_told(signed_in, content, partnership):
    round_ = make_round(partnership, people=6)
    url = of_round("round_open", round_)

    first = signed_in.post(url)
    second = signed_in.post(url, follow=True)
    third = signed_in.get(url, follow=True)

    assert first.url == of_round("round_links", round_)
    assert said(second)[-1] == "This round has been opened already."
    assert said(third)[-1] == "This round has been opened already."


def test_progress_shows_counts_by_organisation_and_who_has_not(signed_in, content, partnership):
    council = make_organisation(partnership, "Council", sector=1)
    trust = make_organisation(partnership, "Trust")
    round_ = make_round(partnership)
    submitted, started = make_people(round_, 2, organisation=council)
    make_people(round_, 3, organisation=trust)
    (alone,) = make_people(round_, 1)
    open_round(round_=round_, actor=owner_of(partnership), now=timezone.now())
    answer_all(submitted)
    begin(started)
    make_people(make_round(partnership), 4, organisation=council)

    response = signed_in.get(of_round("round_detail", round_))

    rows = [
        (row.name, row.sector, row.bar.invited, row.bar.started, row.bar.submitted)
        for row in response.context["progress"].organisations
    ]
    assert rows == [
        ("Trust", "NHS trusts", 3, 0, 0),
        ("Council", "Primary care", 2, 1, 1),
        ("No organisation given", "", 1, 0, 0),
    ]
    text = " ".join(response.content.decode().split())
    assert "1 of 6 has answered" in text
    assert submitted.name not in text
    assert all(person.name in text for person in (started, alone))


def test_no_page_of_an_open_round_depends_on_what_was_answered(signed_in, content, partnership):
    round_ = make_open_round(partnership, people=6)
    pages = [of_round(n, round_) for n in ("round_detail", "round_close", "round_people")]
    seen = []
    for person in round_.participants.all():
        answer_all(person, 1)
    for point in (1, 5):
        Answer.objects.update(value=point)
        seen.append([_without_tokens(signed_in.get(url).content.decode()) for url in pages])

    assert seen[0] == seen[1]
    assert signed_in.get(of_round("round_results", round_)).status_code == 403


def _without_tokens(text):
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_progress_asks_no_more_for_more_people(signed_in, content, partnership):
    round_ = make_open_round(partnership, people=5)
    one = count_queries(signed_in, of_round("round_detail", round_))
    for _ in range(3):
        make_people(round_, 2, organisation=make_organisation(partnership))

    assert count_queries(signed_in, of_round("round_detail", round_)) == one


@pytest.mark.parametrize(
    ("days", "answers", "warned"), [(2, 4, True), (2, 5, False), (9, 0, False)]
)
def test_three_days_before_the_end_too_few_answers_are_told(
    signed_in, content, partnership, days, answers, warned
):
    round_ = make_open_round(partnership, days=days)
    for person in list(round_.participants.all())[:answers]:
        answer_all(person)

    text = signed_in.get(of_round("round_detail", round_)).content.decode()

    assert ("Too few have answered so far." in text) is warned


def test_a_round_past_its_end_says_so(signed_in, content, partnership):
    round_ = make_open_round(partnership)
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now() - timedelta(minutes=1))

    assert (
        "No more answers are taken."
        in signed_in.get(of_round("round_detail", round_)).content.decode()
    )


def test_move_the_end_later_and_not_earlier(signed_in, content, partnership):
    round_ = make_open_round(partnership)
    url = of_round("round_move_end", round_)
    later = timezone.localdate(round_.ends_at) + timedelta(days=3)
    earlier = timezone.localdate() + timedelta(days=2)

    fill(signed_in, url, ends_on=later.isoformat(), ends_time="17:00")
    refused = fill(signed_in, url, ends_on=earlier.isoformat(), ends_time="17:00")

    assert "80 %" in str(refused.context["form"].non_field_errors())
    assert refused.context["form"]["ends_on"].value() == earlier.isoformat()
    round_.refresh_from_db()
    assert timezone.localdate(round_.ends_at) == later


def test_two_facilitators_move_the_end(signed_in, content, partnership):
    round_ = make_open_round(partnership)
    url = of_round("round_move_end", round_)
    old = signed_in.get(url).context["form"].initial["seen"]
    end = round_.ends_at + timedelta(days=5)
    move_end(round_=round_, ends_at=end, actor=owner_of(partnership), now=timezone.now())

    response = fill(signed_in, url, ends_on="2027-01-01", seen=old)

    assert "Somebody saved this" in str(response.context["form"].non_field_errors())
    round_.refresh_from_db()
    assert round_.ends_at == end


def test_the_end_of_other_rounds_does_not_move(signed_in, content, partnership):
    for round_ in (make_round(partnership), make_closed_round(partnership)):
        response = signed_in.get(of_round("round_move_end", round_), follow=True)
        assert said(response) == ["Only an open round has an end date to move."]


def test_an_own_round_under_another_own_partnership_is_not_found(
    signed_in, content, partnership, facilitator
):
    round_ = make_round(make_partnership(facilitator))

    assert signed_in.get(of_round("round_detail", round_)).status_code == 200
    assert signed_in.get(address("round_detail", partnership, round_)).status_code == 404


def test_a_round_under_another_partnership_is_not_found(signed_in, content, partnership):
    foreign = make_round()

    for name in ("round_detail", "round_edit", "round_delete", "round_open", "round_people"):
        assert signed_in.get(of_round(name, foreign)).status_code == 404
        assert signed_in.get(address(name, partnership, foreign)).status_code == 404
        assert signed_in.post(address(name, partnership, foreign)).status_code in (404, 405)

    assert Round.objects.filter(pk=foreign.pk).exists()


def test_copying_says_what_comes_along_and_makes_a_draft(signed_in, content, partnership):
    make_closed_round(partnership)

    asked_for = signed_in.get(address("round_copy", partnership))
    done = signed_in.post(address("round_copy", partnership), follow=True)
    again = signed_in.post(address("round_copy", partnership), follow=True)

    assert "6 leaders, with their organisations" in asked_for.content.decode()
    assert said(done) == ["The last round is copied as a draft. Check each step."]
    assert said(again) == ["There is a draft already. Go on with it, or delete it first."]
    draft = partnership.rounds.get(state="draft")
    assert done.redirect_chain[0][0] == of_round("round_detail", draft)


def test_without_a_last_round_copying_leads_to_setting_one_up(signed_in, content, partnership):
    response = signed_in.get(address("round_copy", partnership), follow=True)

    assert said(response) == ["There is no round to copy yet. Set up the first one."]
    assert response.redirect_chain[0][0] == address("round_create", partnership)
