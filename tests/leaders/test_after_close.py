"""After the close: each moment has its page, and own answers stand beside what was shared."""

import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessments.leaders.cookies import write_link
from assessments.models.dialogue import AgreedPosition, Experiment, Session
from assessments.models.rounds import Participant, Round, RoundInstrument, Ticket
from assessments.results.agreed import read_agreed
from assessments.results.beside import draw_beside
from assessments.results.reading import read_result
from assessments.services.answering.saving import GivenAnswer, save_answers, submit_sitting
from assessments.services.closing import close_round
from assessments.services.links import link_of
from assessments.services.rounds import share_results
from tests.factories import (
    answer_all,
    begin,
    make_open_round,
    make_round,
    open_round,
    owner_of,
    published,
    seat_of,
)
from tests.leaders.device import Device

CODES = ("five_factors", "six_ways", "context")
HIDDEN = "Not shown, to protect the people who answered."


class Story:
    """A round that people answered, with the device of the first of them."""

    def __init__(self, *, people=8, choose=4, own=2, answering=None, **fields):
        self.round = make_open_round(codes=CODES, people=people, **fields)
        everybody = list(self.round.participants.order_by("pk"))
        self.person, *others = everybody
        self.code = answer_all(self.person, own).code
        for other in others[: None if answering is None else answering - 1]:
            answer_all(other, choose)
        self.device = Device(self.person)
        self.link = self.device.link
        self.device.open_link()

    def close(self):
        self.round = close_round(round_=self.round, actor=None, now=self.round.ends_at)
        return self

    def share(self):
        share_results(round_=self.round, actor=owner_of(self.round.partnership), now=timezone.now())
        return self

    def enter_code(self):
        self.device.client.post(self.device.at("give_code"), {"code": self.code})
        return self

    def page(self):
        return text_of(self.device.client.get(self.device.home))


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def story(content):
    return Story()


def test_closed_and_not_shared_says_who_comes_next_and_asks_for_the_code(story):
    page = story.close().page()

    assert "looks at the results first" in page
    assert "They are sealed." in page
    assert '<svg class="chart radar' not in page
    assert HIDDEN not in page


def test_the_code_opens_the_own_profile_before_anything_is_shared(story):
    page = story.close().enter_code().page()

    assert "Your own answers: Five factors" in page
    assert "What we see together" not in page
    assert "All of you" not in page


def test_shared_without_the_code_shows_the_whole_and_nobodys_own(story):
    page = story.close().share().page()

    assert "What we see together" in page
    assert page.count("<caption") >= 2
    assert '<th scope="col">You</th>' not in page
    assert "Open my answers" in page


def test_shared_with_the_code_shows_both_beside_each_other_and_no_difference(story):
    page = story.close().share().enter_code().page()

    row = re.search(r"<tr> <th scope=\"row\">Shared vision and purpose</th>(.*?)</tr>", page)[1]
    figures = re.findall(r'<td><span class="num d-block d-md-inline">([^<]*)</span>', row)
    result = read_result(story.round).five_factors.dimensions[0]
    # Five statements at 2 and a reversed one, which counts as 4.
    assert figures == [f"{result.mean:.1f}", "2.3"]
    assert page.count('<th scope="col">You</th>') == 2
    assert "mine-l" in page
    assert not re.search(r"differ(ence|s) (of|by) \d", page)


def test_the_same_device_needs_no_code(content):
    story = Story()
    story.device.client.post(story.device.at("give_code"), {"code": story.code})

    page = story.close().share().page()

    assert '<th scope="col">You</th>' in page


def test_own_answers_stand_beside_hidden_figures_without_telling_them(content):
    """Own five factors are there; too few others answered the six ways."""
    story = Story(people=6, answering=4)
    ways = RoundInstrument.objects.get(round=story.round, edition__instrument__code="six_ways")
    factors = RoundInstrument.objects.get(
        round=story.round, edition__instrument__code="five_factors"
    )
    for person in story.round.participants.exclude(pk=story.person.pk).filter(
        progress__state="invited"
    ):
        seat = seat_of(person, begin(person).reader)
        given = [GivenAnswer(item.pk, 4, None) for item in factors.items.all()]
        save_answers(seat=seat, given=given, now=timezone.now())
        submit_sitting(seat=seat, instrument=factors, now=timezone.now())

    page = story.close().share().enter_code().page()

    section = page.split('id="beside-six_ways"')[1].split("</section>")[0]
    assert ways.edition.title in section
    assert section.count(f"<td>{HIDDEN}</td>") == 6
    assert "mine-l" not in section
    assert section.count('<td><span class="num d-block d-md-inline">') == 6


def test_a_part_that_was_not_submitted_has_no_own_column(content):
    result = read_result(Story().close().round)

    beside = draw_beside(result, result.six_ways, None)

    assert (beside.has_own, len(beside.radar.series)) == (False, 1)


def test_below_the_smallest_group_nothing_is_shown_and_no_code_is_asked_for(content):
    story = Story(answering=3).close()

    for page in (story.page(), story.share().page()):
        assert "so nothing is shown to anybody" in page
        assert "All answers and comments have been deleted" in page
        assert "Open my answers" not in page
        assert "radar" not in page


def test_a_round_soon_after_another_shows_bands_and_the_own_profile(content):
    first = Story(people=6).close()
    later = make_round(first.round.partnership, people=6, now=first.round.closed_at)
    open_round(
        round_=later, actor=owner_of(later.partnership), now=later.ends_at - timedelta(days=14)
    )
    codes = {
        one.pk: answer_all(one, now=later.ends_at - timedelta(days=1)).code
        for one in later.participants.all()
    }
    device = Device(later.participants.first())
    device.open_link()
    closed = close_round(round_=later, actor=None, now=later.ends_at)
    share_results(round_=closed, actor=owner_of(later.partnership), now=timezone.now())
    device.client.post(device.at("give_code"), {"code": codes[device.person.pk]})

    page = text_of(device.client.get(device.home))

    assert "Answers in three bands" in page
    assert "Your own answers: Five factors" in page
    assert "All of you" not in page


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("moment", ["due", "closed", "shared", "too_few"])
def test_the_link_has_a_page_at_each_moment_and_reading_it_changes_nothing(content, moment, method):
    story = Story(answering=3 if moment == "too_few" else None)
    if moment == "due":
        Round.objects.update(ends_at=timezone.now())
    else:
        story.close()
    if moment == "shared":
        story.share()
    before = list(Round.objects.values()), list(Participant.objects.values())
    fresh = Client()

    response = getattr(fresh, method)(story.link)

    assert response.status_code == 200
    assert [name for name in fresh.cookies if name.startswith("answer_")] == []
    assert (list(Round.objects.values()), list(Participant.objects.values())) == before
    words = {
        "due": "It is about to close.",
        "closed": "and with nothing else",
        "shared": "The results are here",
        "too_few": "all answers have been deleted",
    }
    assert method == "head" or words[moment] in text_of(response)


def test_what_was_agreed_is_shown_to_leaders_once_shared(story):
    session = Session.objects.create(round=story.round, held_on=date(2026, 3, 4))
    Session.objects.create(round=story.round, held_on=date(2026, 2, 1))
    factors = published("five_factors")[0]
    AgreedPosition.objects.create(
        session=session,
        kind="agreement",
        text="We meet on Mondays.",
        dimension=factors.dimensions.first(),
    )
    AgreedPosition.objects.create(
        session=session, kind="disagreement", text="On <money> we differ."
    )
    Experiment.objects.create(session=session, text="Shadow one another.", led_by="Ada")

    closed = story.close().page()
    shared = story.share().page()

    assert "We meet on Mondays." not in closed
    assert "We meet on Mondays." in shared
    assert "On &lt;money&gt; we differ." in shared
    assert "Led by Ada" in shared
    assert "1 February 2026" not in shared
    assert [one.held_on for one in read_agreed(story.round)] == [date(2026, 3, 4)]


def test_without_anything_agreed_nothing_is_said_of_it(story):
    assert "What was agreed" not in story.close().share().page()


class Outside:
    """A round with eight people outside the leadership beside its leaders."""

    def __init__(self, people=8):
        self.round = make_round(people=6 + people)
        RoundInstrument.objects.create(
            round=self.round, edition=published("outside_view")[0], audience="outside", order=2
        )
        chosen = list(self.round.participants.order_by("pk")[:people])
        Participant.objects.filter(pk__in=[one.pk for one in chosen]).update(audience="outside")
        open_round(round_=self.round, actor=owner_of(self.round.partnership), now=timezone.now())
        self.people = list(self.round.participants.filter(audience="outside"))


def answer_own(person, value):
    seat = seat_of(person, (begun := begin(person)).reader)
    for instrument in RoundInstrument.objects.filter(round=seat.round, audience=seat.audience):
        given = [GivenAnswer(item.pk, value, None) for item in instrument.items.all()]
        save_answers(seat=seat, given=given, now=timezone.now())
        submit_sitting(seat=seat, instrument=instrument, now=timezone.now())
    return begun.code


def test_people_outside_see_their_own_figures_and_nothing_of_the_leaders(content):
    story = Outside()
    codes = {one.pk: answer_own(one, 5) for one in story.people}
    for leader in story.round.participants.filter(audience="leaders"):
        answer_own(leader, 2)
    device = Device(story.people[0])
    device.open_link()
    closed = close_round(round_=story.round, actor=None, now=story.round.ends_at)
    session = Session.objects.create(round=closed, held_on=date(2026, 3, 4))
    AgreedPosition.objects.create(session=session, kind="agreement", text="Among leaders.")
    share_results(round_=closed, actor=owner_of(closed.partnership), now=timezone.now())
    device.client.post(device.at("give_code"), {"code": codes[device.person.pk]})

    page = text_of(device.client.get(device.home))

    assert "What you see together" in page
    assert 'id="beside-outside_view"' in page
    assert "Five factors" not in page
    assert set(re.findall(r'<td><span class="num d-block d-md-inline">([^<]*)</span>', page)) == {
        "5.0"
    }
    assert "Among leaders." not in page


def test_somebody_without_a_name_comes_back_on_their_device_after_the_close(content):
    story = Story()
    ticket = Ticket.objects.create(round=story.round, digest="a" * 64)
    answer_all(ticket)
    device = Device(story.person)
    device.client.cookies.clear()
    response = HttpResponse()
    write_link(response, story.round.pk, link_of(ticket))
    device.client.cookies["answer_link"] = response.cookies["answer_link"].value
    story.close().share()

    page = text_of(device.client.get(device.home))

    assert "What we see together" in page
    assert story.person.name not in page
    assert '<p class="eyebrow"></p>' not in page
