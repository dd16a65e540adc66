"""The demo tells its stories through the services, with nothing left behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import NoReverseMatch, reverse

from assessments.management.demo.characters import Camp, Character, InventedPerson
from assessments.management.demo.people import invent_people
from assessments.management.demo.stories import EASTMERE, SALTLEY, STORIES, RoundStory
from assessments.management.demo.telling import tell_partnership
from assessments.models.partnerships import Partnership
from assessments.models.responses import Answer, Response
from assessments.models.results import DimensionFigure, Result
from assessments.models.rounds import Audience, ParticipantState, Round, RoundItem, RoundKey
from assessments.services.places import count_places
from tests.factories import make_open_round, make_organisation, make_partnership

TWO_CAMPS = replace(
    EASTMERE,
    rounds=(replace(EASTMERE.rounds[1], codes=("five_factors",)),),
)


@pytest.mark.django_db(transaction=True)
def test_the_story_of_two_camps_has_two_camps(content, now):
    tell_partnership(TWO_CAMPS, now)

    readings = dict(DimensionFigure.objects.values_list("code", "reading"))
    assert readings["SC"] == "views_differ"
    assert sum(reading == "views_differ" for reading in readings.values()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_told_round_that_closed_keeps_no_answer(content, now):
    tell_partnership(TWO_CAMPS, now)

    assert Response.objects.count() == 0
    assert Answer.objects.count() == 0
    assert RoundKey.objects.count() == 0
    assert Result.objects.get().counted == 26


@pytest.mark.django_db(transaction=True)
def test_an_early_partnership_shows_little_and_has_a_round_open(content, now):
    partnership = tell_partnership(SALTLEY, now)

    states = list(partnership.rounds.order_by("number").values_list("state", flat=True))
    assert states == ["closed", "open"]
    assert not DimensionFigure.objects.exclude(q1=None).exists()
    progress = ParticipantState.objects.values_list("state", flat=True)
    assert sorted(set(progress)) == ["invited", "started", "submitted"]


@pytest.mark.django_db(transaction=True)
def test_a_story_that_fails_leaves_nothing(content, now):
    broken = replace(SALTLEY, organisations=(("Nowhere", "No such sector"),))

    with pytest.raises(KeyError):
        tell_partnership(broken, now)

    assert Partnership.objects.count() == 0


def test_open_rounds_of_the_stories_are_still_open_today():
    open_rounds = [told for story in STORIES for told in story.rounds if not told.closed]

    assert len(open_rounds) == 2
    assert all(told.began < told.days for told in open_rounds)


def test_the_same_seed_invents_the_same_people(content):
    partnership = make_partnership()
    organisations = [make_organisation(partnership) for _ in range(3)]
    ask = {"number": 30, "organisations": organisations, "domain": "x.example", "seed": "s"}

    people = invent_people(**ask)

    assert people == invent_people(**ask)
    assert len({person.email for person in people}) == 30
    assert all(person.email.endswith(".example") for person in people)


def test_a_person_of_a_low_camp_answers_low_and_turns_habits_round(content):
    make_open_round()
    low = Character(otherwise=(Camp(1.0, 1.0, 0.1),), dont_know=0, not_applicable=0)
    person = InventedPerson(low, "seed")
    person.lean = -1

    items = RoundItem.objects.select_related("statement", "dimension").filter(code__startswith="SC")
    given = {item.statement.reverse: person.answer(item) for item in items}

    assert given == {False: 1, True: 5}


def test_the_demo_is_refused_outside_demo_mode(db):
    with pytest.raises(CommandError, match="MODE=demo"):
        call_command("demo", "--no-server")


@pytest.mark.parametrize("name", ["demo_leader", "demo_facilitator", "demo_admin"])
def test_the_ways_in_of_the_demo_exist_in_demo_mode_alone(name, client, db):
    with pytest.raises(NoReverseMatch):
        reverse(name)

    assert client.get(f"/demo/{name.removeprefix('demo_')}/").status_code == 404


def test_told_moments_lie_in_the_past(content, now):
    thin = replace(SALTLEY, rounds=(replace(SALTLEY.rounds[1], people=6),))

    tell_partnership(thin, now)

    round_ = Round.objects.get()
    assert round_.opened_at == now - timedelta(days=4)
    assert round_.ends_at > now


@pytest.mark.django_db(transaction=True)
def test_people_outside_and_people_without_a_name_are_told_too(content, now):
    told = RoundStory(
        began=3,
        days=10,
        answered=0.5,
        people=8,
        codes=("five_factors", "contact", "quick_test", "outside_view"),
        problem="Nobody knows who arranges it.",
        asks_more=True,
        outside=6,
        slips=4,
        room=5,
        joined=2,
        closed=False,
        character=Character(),
    )

    round_ = tell_partnership(replace(SALTLEY, rounds=(told,)), now).rounds.get()

    leaders, outside = (count_places(round_, audience) for audience in Audience.values)
    assert (leaders.named, leaders.tickets, leaders.room, leaders.by_code) == (8, 4, 5, 2)
    assert outside.named == 6
    assert leaders.named_submitted + outside.named_submitted == 7
