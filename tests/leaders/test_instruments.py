"""Every instrument of a round from the first page to the unsealed profile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.responses import Answer
from assessments.models.rounds import Audience
from assessments.results.suggestions import SUGGESTIONS
from assessments.services.closing import close_round
from tests.leaders.device import Device
from tests.questionnaire.everything import FOR_LEADERS, PROBLEM, make_round_of_everything

PREFER_NOT_TO_SAY = -4


@pytest.fixture
def round_(content, now):
    return make_round_of_everything(now)


@pytest.fixture
def leader(round_):
    person = round_.participants.filter(organisation__sector__isnull=False).first()
    return begin(person, organisation=person.organisation_id)


def begin(person, **confirmed):
    device = Device(person)
    device.open_link()
    device.confirm(**confirmed)
    return device


def pages_of(device, code):
    part = next(
        one
        for one in device.client.get(device.home).context["parts"]
        if one.instrument.code == code
    )
    return part, part.pages


def answer(device, code, pick=lambda item: item.scale.points[-1].value):
    part, pages = pages_of(device, code)
    for page in pages:
        given = {f"q{item.id}": pick(item) for item in page.dimension.all_items}
        assert device.client.post(page.url, given).status_code == 302
    return part


def read(device, address):
    response = device.client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def let_others_answer(leader, round_):
    """So many that the close shows and seals anything."""
    others = round_.participants.filter(audience=Audience.LEADERS).exclude(pk=leader.person.pk)
    for person in others[:4]:
        device = begin(person, organisation=person.organisation_id)
        answer(device, "five_factors")
        device.submit()


def test_everything_can_be_answered_submitted_closed_and_unsealed(leader, round_):
    parts = [answer(leader, code) for code in FOR_LEADERS]
    submitted = [leader.submit(code).status_code for code in FOR_LEADERS]
    stored = Answer.objects.count()
    let_others_answer(leader, round_)
    profiles = [read(leader, part.profile_url) for part in parts]
    close_round(round_=round_, actor=None, now=timezone.now() + timedelta(days=30))
    closed = read(leader, leader.home)

    # The own sector is the one item that is not asked.
    assert stored == round_.items.filter(instrument__audience=Audience.LEADERS).count() - 1
    assert submitted == [302] * len(FOR_LEADERS)
    for page in profiles:
        assert "Only you can see this page" in page
    for words in ("And what do you think most others would say", "I answered as openly here"):
        assert words in profiles[0]
        assert words in closed
    assert "Strongly agree" in closed


def test_the_way_through_the_factors_ends_with_the_last_question(leader):
    part, pages = pages_of(leader, "five_factors")

    after_factors = leader.client.post(pages[4].url)
    page = read(leader, part.last.url)
    after_last = leader.client.post(part.last.url)

    assert after_factors["Location"] == part.last.url
    assert after_last["Location"] == part.review_url
    assert "<h1" in page
    assert "One last question" in page
    assert "Factor 6" not in page
    assert "0 of 0" not in page
    assert page.count("<fieldset") == 1


def test_questions_beside_the_statements_count_as_nothing(leader):
    part, pages = pages_of(leader, "five_factors")
    guess = pages[0].dimension.asides[0]
    candour = part.last.dimension.asides[0]
    for page, item, value in ((pages[0], guess, 4), (part.last, candour, PREFER_NOT_TO_SAY)):
        leader.client.post(page.url, {f"q{item.id}": value})

    factor = read(leader, pages[0].url)
    submitted = leader.submit()
    review = submitted.content.decode()

    assert "0 of 6 answered" in factor
    assert submitted.status_code == 422
    assert "You have not answered anything in this part yet." in review
    assert "Views differ" in review
    assert "Prefer not to say" in review
    assert review.count("You left this out.") == 30


def test_the_own_sector_is_not_asked_also_without_the_code(leader):
    own = leader.person.organisation.sector.name
    other = Device(leader.person)
    other.open_link()
    other.client.post(other.at("go_on_blind"))

    shown = [read(device, device.page("sectors", "contact")) for device in (leader, other)]

    for page in shown:
        legends = page.split("<legend>")[1:]
        assert len(legends) == 2
        assert not any(own in legend.split("</legend>")[0] for legend in legends)
        assert "Other partners" in page
        assert 'id="comment"' not in page


def test_the_problem_stands_above_the_quick_test_and_no_text_is_asked_for(leader):
    page = read(leader, leader.page("QT", "quick_test"))

    assert page.index(PROBLEM) < page.index("<fieldset")
    assert "<textarea" not in page
    assert 'type="text"' not in page
    assert page.count('class="opt"') == 12


def test_the_six_ways_say_first_whose_profile_it_is(leader):
    first = read(leader, leader.page("FE", "six_ways"))

    assert "Your profile stays yours. The partnership sees only the average" in first
    assert "Your profile stays yours" not in read(leader, leader.page("PE", "six_ways"))


@pytest.mark.parametrize(
    ("values", "suggestion"),
    [
        ((2, 2, 2, 2), "systems_leadership"),
        ((0, 2, 2, 2), "one_partner_can_lead"),
        ((1, 1, 1, -2), "parts_of_it"),
        ((1, 1, 0, 0), "ordinary_management"),
        ((2, 2, -2, -2), "find_out_more"),
    ],
)
def test_the_quick_test_suggests_by_the_rule_of_its_content(leader, values, suggestion):
    given = iter(values)
    part = answer(leader, "quick_test", pick=lambda item: next(given))
    leader.submit("quick_test")

    page = read(leader, part.profile_url)

    assert SUGGESTIONS[suggestion].rstrip(".") in page
    assert "It has not been tested" in page
    assert PROBLEM in page


def test_every_suggestion_stands_in_the_content(leader):
    part, _ = pages_of(leader, "quick_test")
    steps = " ".join(part.instrument.result_rule["steps"])

    assert all(words in steps for words in SUGGESTIONS.values())


def test_an_unfinished_quick_test_suggests_nothing(leader):
    item = leader.items("QT", "quick_test")[0]
    leader.save(item, 2)
    leader.submit("quick_test")

    page = read(leader, leader.at("own_profile", "quick_test"))

    assert "Answer all the questions to see what the test suggests." in page
    assert not any(words in page for words in SUGGESTIONS.values())


def test_differences_are_placed_by_the_rule_of_their_content(leader):
    sizes = {"DF1": (5, 1), "DF2": (5, 5), "DF3": (1, 1), "DF4": (1, 5), "DF5": (-2, 5)}

    def pick(item):
        statement, _, rating = item.code.partition(".")
        size, handling = sizes.get(statement, (3, 3))
        return handling if rating in ("", "handling") else size

    part = answer(leader, "differences", pick)
    leader.submit("differences")
    found = leader.client.get(part.profile_url).context["picture"].differences

    assert [(one.name, one.label) for one in found[:5]] == [
        ("Professional cultures", "Talk first"),
        ("Ways of working", "Protect"),
        ("Governance", "Tidy up"),
        ("Accountability", "Leave"),
        ("Financial regimes", ""),
    ]
    assert len(found) == 6


def test_contact_and_context_say_in_words_what_stands_out(leader):
    for code in ("contact", "context"):
        answer(leader, code)
        leader.submit(code)

    contact = read(leader, leader.at("own_profile", "contact"))
    context = read(leader, leader.at("own_profile", "context"))

    assert "You met most often:" in contact
    assert "(more than weekly)" in contact
    assert "Left out" not in contact
    assert "of 8 conditions press considerably or extremely." in context
    assert "You also see a strong pull: opportunity." in context


def test_somebody_outside_the_leadership_answers_five_short_pages(round_):
    carer = begin(round_.participants.get(audience=Audience.OUTSIDE), organisation="")

    part = answer(carer, "outside_view")
    submitted = carer.submit("outside_view")
    picture = carer.client.get(part.profile_url).context["picture"]

    assert [len(page.dimension.items) for page in part.pages] == [2] * 5
    assert submitted["Location"] == part.profile_url
    assert [axis.name for axis in picture.radar.axes] == [
        page.dimension.name for page in part.pages
    ]
    assert "Shared vision and purpose" in picture.often or picture.often
