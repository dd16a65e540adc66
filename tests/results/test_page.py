"""The results page: who may see it, what it says, and what it never says."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from assessments.models.results import CollectedComment, StatementFigure
from assessments.results.words import HIDDEN
from assessments.services.partnerships import grant_role
from assessments.services.rounds import share_results
from tests.factories import (
    make_closed_round,
    make_open_round,
    make_partnership,
    make_user,
    owner_of,
)
from tests.results.rounds import EVERYTHING, by_factor, close_with

CHARTS = re.compile(r"<svg.*?</svg>|<script.*?</script>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def address(round_):
    return reverse("round_results", args=[round_.partnership_id, round_.pk])


def get(client, round_, user=None):
    client.force_login(user or owner_of(round_.partnership))
    return client.get(address(round_))


def words_of(page):
    """What can be read, without pictures, in one line."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(TAGS.sub(" ", CHARTS.sub(" ", main)).split())


def add_role(round_, role, now):
    user = make_user()
    grant_role(
        partnership=round_.partnership,
        user=user,
        role=role,
        actor=owner_of(round_.partnership),
        now=now,
    )
    return user


# who may see it -----------------------------------------------------------


def test_results_need_a_sign_in(client, content):
    round_ = close_with(by_factor())

    assert client.get(address(round_)).status_code == 302


def test_results_are_not_there_for_outsiders(client, content):
    round_ = close_with(by_factor())

    assert get(client, round_, make_user()).status_code == 404
    assert get(client, round_, owner_of(make_partnership())).status_code == 404


def test_results_are_not_there_under_another_partnerships_address(client, content):
    round_, other = close_with(by_factor()), make_partnership()
    client.force_login(owner_of(round_.partnership))

    page = client.get(reverse("round_results", args=[other.pk, round_.pk]))

    assert page.status_code == 404


def test_a_viewer_sees_results_once_they_are_shared(client, content, now):
    round_ = close_with(by_factor())
    viewer = add_role(round_, "viewer", now)

    before = get(client, round_, viewer)
    share_results(round_=round_, actor=owner_of(round_.partnership), now=now)
    after = get(client, round_, viewer)

    assert (before.status_code, after.status_code) == (404, 200)
    assert "Share with the leaders" not in words_of(after)


@pytest.mark.parametrize("role", ["facilitator", "owner"])
def test_those_who_run_it_see_results_before_they_are_shared(client, content, now, role):
    round_ = close_with(by_factor())

    page = get(client, round_, add_role(round_, role, now))

    assert page.status_code == 200
    assert "Share with the leaders" in words_of(page)


def test_an_open_round_has_no_results_page(client, content):
    round_ = make_open_round(people=6)

    page = get(client, round_)

    assert page.status_code == 403
    assert "Traceback" not in page.content.decode()


def test_results_cannot_be_posted_to(client, content):
    round_ = close_with(by_factor())
    client.force_login(owner_of(round_.partnership))

    assert client.post(address(round_)).status_code == 405


# what it says -------------------------------------------------------------


def test_page_says_what_stands_out_and_who_answered(client, content):
    said = words_of(get(client, close_with(by_factor(PC=5, SC=(1, 5), AL=3, LT=3))))

    assert "Personal contact and shared vision usually seen; views differ on conflict" in said
    assert "12 of the 12 leaders invited answered." in said
    assert "(100 %)" in said
    assert "These words describe how often people say they see something." in said


def test_page_has_each_figure_in_a_table(client, content):
    page = get(client, close_with(by_factor(SC=(1, 5), AL=3))).content.decode()

    table = page.partition("<table")[2].partition("</table>")[0]
    found = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    rows = [" ".join(TAGS.sub(" ", row).split()) for row in found]
    assert "<caption" in table
    assert rows == [
        "Factor In words Average Middle half of people People differ by about People",
        "Shared vision and purpose Usually seen 4.0 4.0 to 4.0 0.0 12",
        "Frequent personal contact Usually seen 4.0 4.0 to 4.0 0.0 12",
        "Surfacing and resolving conflict Views differ 3.0 1.0 to 5.0 2.0 12",
        "Altruism towards each other Patchy 3.0 3.0 to 3.0 0.0 12",
        "Commitment for the longer term Usually seen 4.0 4.0 to 4.0 0.0 12",
    ]


def test_page_shows_the_words_people_answered(client, content):
    round_ = close_with(by_factor(), codes=EVERYTHING)

    page = get(client, round_).content.decode()

    for item in round_.items.select_related("statement"):
        assert escape(item.statement.text.partition(":")[0]) in page


def test_page_shows_every_part_that_was_asked_and_no_other(client, content):
    everything = words_of(get(client, close_with(by_factor(), codes=EVERYTHING)))
    alone = words_of(get(client, close_with(by_factor())))

    for heading in ("Six ways of leading", "What presses on you", "Differences between you"):
        assert heading in everything
        assert heading not in alone


def test_page_has_no_inline_style_or_script(client, content):
    page = get(client, close_with(by_factor(), codes=EVERYTHING)).content.decode()

    assert "style=" not in page
    assert "<style" not in page
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)
    assert not re.search(r"\son[a-z]+=", page)


def test_every_id_stands_once(client, content):
    page = get(client, close_with(by_factor(), codes=EVERYTHING)).content.decode()

    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_contents_lead_to_sections(client, content):
    page = get(client, close_with(by_factor(), codes=EVERYTHING)).content.decode()

    targets = re.findall(r'href="#([^"]+)"', page)
    assert {f'id="{target}"' in page for target in targets} == {True}


def test_comments_are_counted_and_not_shown(client, content):
    round_ = close_with(by_factor())
    result = round_.results.get()
    dimension = result.dimension_figures.first().dimension
    CollectedComment.objects.create(result=result, dimension=dimension, text="Say it in the room.")
    held = CollectedComment.State.HELD_BACK
    CollectedComment.objects.create(
        result=result, dimension=dimension, text="Say nothing.", state=held
    )

    said = words_of(get(client, round_))

    assert "1 comment was collected." in said
    assert "Say it in the room." not in said
    assert "Say nothing." not in said


# what it never says -------------------------------------------------------


def test_a_hidden_statement_has_the_sentence_and_no_number(client, content):
    def choose(place):
        return lambda item: -2 if item.code == "SV2" and place > 3 else 4

    round_ = close_with(choose)
    assert StatementFigure.objects.get(code="SV2", group="whole").people is None

    page = get(client, round_).content.decode()

    rows = re.findall(r'<p class="serif statement">(.*?)</p>(.*?)</li>', page, re.DOTALL)
    row = next(rest for text, rest in rows if text.startswith("We give the same account"))
    said = " ".join(TAGS.sub(" ", row).split())
    # How many did not know is shown for everybody; how many answered, and what, is not.
    assert said == f"{HIDDEN} SV2. 8 did not know. {HIDDEN}"
    assert "<svg" not in row


def test_a_hidden_factor_has_the_sentence_and_no_number(client, content):
    round_ = close_with(by_factor())
    figures = round_.results.get().dimension_figures.filter(code="AL", group="whole")
    figures.update(mean=None, people=None, reading="", q1=None, median=None, q3=None, bins=None)

    page = get(client, round_).content.decode()

    row = re.search(r'<th scope="row">Altruism towards each other</th>(.*?)</tr>', page, re.DOTALL)
    assert " ".join(TAGS.sub(" ", row[1]).split()) == HIDDEN
    assert "The average of “Altruism towards each other”" in words_of(get(client, round_))


def test_a_small_round_shows_no_middle_half_and_no_single_answers(client, content):
    page = get(client, close_with(by_factor(SC=(1, 5)), people=7))

    said = words_of(page)
    assert f"The middle half of people: {HIDDEN}" in said
    assert f"Shared vision and purpose Usually seen 4.0 {HIDDEN} 7" in said
    assert "Hardly ever or occasionally" in said
    assert 'class="f1 seg"' not in page.content.decode()
    assert 'class="band"' not in page.content.decode()


def test_a_round_below_k_says_so_and_nothing_else(client, content):
    page = get(client, close_with(by_factor(), people=6, helpers=2))

    said = words_of(page)
    assert page.status_code == 200
    assert "Too few people answered for results" in said
    assert "Fewer than 5 people" in said
    assert "have been deleted" in said
    assert '<svg class="chart' not in page.content.decode()
    # Neither how many were asked nor how many answered.
    assert not re.search(r"\b(4|6)\b", said.partition("Too few")[2])


def test_a_round_of_bands_shows_three_bands_and_nothing_else(client, content, now):
    first = make_closed_round(people=9, now=now)
    page = get(client, make_closed_round(first.partnership, people=9, now=now))

    said = words_of(page)
    assert "Answers in three bands" in said
    assert "What to talk about first" not in said
    assert "did not know" not in said
    assert not re.search(r"\d\.\d", said)
    for word in ("Usually seen", "Patchy", "Rarely seen", "Views differ"):
        assert word not in said
    assert "data-radar" not in page.content.decode()


def test_page_never_shows_a_total_or_calls_anything_anonymous(client, content):
    said = words_of(get(client, close_with(by_factor(), codes=EVERYTHING))).lower()

    assert "anonym" not in said
    assert "overall score" not in said
    for word in ("excellent", "poor ", "failing", "good practice", "league table"):
        assert word not in said


# cost ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "people"),
    [(("five_factors",), 20), (("five_factors", "six_ways", "practice"), 20), (EVERYTHING, 60)],
)
def test_page_takes_the_same_queries_whatever_its_size(
    client, content, django_assert_num_queries, codes, people
):
    round_ = close_with(by_factor(), codes=codes, people=people)
    client.force_login(owner_of(round_.partnership))
    client.get(address(round_))

    # Session, user, round, two for the role, two for the reader of comments, six for the result.
    with django_assert_num_queries(13):
        client.get(address(round_))
