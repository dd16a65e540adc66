"""What needs me now: each kind with its reason, its button and its day, and nothing of others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.facilitators.needs import list_needs
from assessments.models.dialogue import Experiment, Session
from assessments.models.mail import OutgoingMail
from assessments.models.partnerships import Facilitation
from assessments.models.results import CollectedComment
from assessments.models.rounds import Round
from assessments.services.rounds import share_results
from tests.facilitators.pages import address, count_queries, of_round
from tests.factories import (
    answer_all,
    make_closed_round,
    make_comment,
    make_open_round,
    make_partnership,
    make_room,
    make_round,
    make_user,
)


@pytest.fixture
def now():
    """Noon, so that no day changes while a test runs."""
    return timezone.localtime().replace(hour=12, minute=0)


def needs_of(user, now):
    return list_needs(user, now).listed


def end_at(round_, moment):
    Round.objects.filter(pk=round_.pk).update(ends_at=moment)


def test_with_nothing_to_do_the_page_is_calm(signed_in, content, partnership, facilitator):
    round_ = make_open_round(partnership)

    needs = list_needs(facilitator, timezone.now())

    assert needs.listed == []
    assert needs.next_end == round_.ends_at
    page = signed_in.get(address("partnership_list")).content.decode()
    assert "Nothing. The next round closes on" in page


def test_a_round_that_closes_soon_with_few_answers(content, partnership, facilitator, now):
    round_ = make_open_round(partnership, people=10)
    for person in round_.participants.all()[:3]:
        answer_all(person)
    end_at(round_, now + timedelta(days=3))

    (need,) = needs_of(facilitator, now)

    day = now + timedelta(days=3)
    assert need.heading == f"Round 1 closes on {day:%A} {day.day} {day:%B}"
    assert need.reason == (
        "3 of 10 have answered; 7 have not. With fewer than 5 leaders nothing could be shown."
    )
    assert need.url == of_round("round_detail", round_)


@pytest.mark.parametrize(("answered", "days"), [(8, 3), (3, 6)])
def test_a_round_with_enough_answers_or_time_needs_nobody(
    content, partnership, facilitator, now, answered, days
):
    round_ = make_open_round(partnership, people=10)
    for person in round_.participants.all()[:answered]:
        answer_all(person)
    end_at(round_, now + timedelta(days=days))

    assert needs_of(facilitator, now) == []


def test_a_round_past_its_end_comes_first(content, partnership, facilitator, now):
    round_ = make_open_round(partnership)
    make_round(partnership)
    end_at(round_, now - timedelta(minutes=1))

    due, draft = needs_of(facilitator, now)

    assert due.heading == "Round 1 has reached its end"
    assert due.url == of_round("round_close", round_)
    assert draft.heading == "Round 2 is not open yet"


def test_comments_wait_for_their_readers_alone(content, partnership, facilitator, now):
    round_ = make_closed_round(partnership)
    for state in ("waiting", "waiting", "released", "held_back"):
        make_comment(round_, state=state)
    later = make_user()
    Facilitation.objects.create(partnership=partnership, user=later, role="owner")

    waiting, sharing = needs_of(facilitator, now)

    assert waiting.heading == "2 comments wait for you"
    assert waiting.url == of_round("round_comments", round_)
    assert waiting.by == CollectedComment.objects.first().delete_on
    assert sharing.heading == "The results of round 1 are not shared"
    assert [need.heading for need in needs_of(later, now)] == [sharing.heading]
    gone = now + timedelta(days=31)
    assert [need.heading for need in needs_of(facilitator, gone)] == [sharing.heading]


def test_shared_results_and_too_few_need_nobody(content, partnership, facilitator, now):
    share_results(round_=make_closed_round(partnership), actor=facilitator, now=now)
    few = make_open_round(make_partnership(facilitator))
    end_at(few, now)
    Round.objects.filter(pk=few.pk).update(state="closed", closed_at=now)

    assert needs_of(facilitator, now) == []


def test_mail_that_did_not_arrive_until_a_later_one_does(content, partnership, facilitator, now):
    round_ = make_open_round(partnership)
    failed, bounced, mended = round_.participants.all()[:3]
    for person, status in ((failed, "failed"), (bounced, "bounced"), (mended, "failed")):
        queue(person, "invitation", status)
    queue(mended, "reminder", "sent")
    queue(failed, "people_added", "sent")

    (need,) = needs_of(facilitator, now)

    assert need.heading == "2 messages did not arrive"
    assert need.url == of_round("round_links", round_)


def queue(person, template, status):
    OutgoingMail.objects.create(
        participant=person, template=template, status=status, next_try_at=timezone.now()
    )


def test_a_code_that_lives_and_no_other(content, partnership, facilitator):
    round_ = make_open_round(partnership)
    room = make_room(round_, 12)

    (need,) = needs_of(facilitator, timezone.now())

    assert need.url == of_round("room_screen", round_, room)
    assert "for 12 people in a room" in need.reason
    assert needs_of(facilitator, room.ends_at) == []


def test_experiments_due_and_without_an_outcome(content, partnership, facilitator, now):
    round_ = make_closed_round(partnership)
    share_results(round_=round_, actor=facilitator, now=now)
    session = Session.objects.create(round=round_, held_on=now.date())
    today = now.date()
    for text, days, outcome in (
        ("Meet monthly.", -2, ""),
        ("Tried already.", -2, "It helped."),
        ("Much later.", 40, ""),
    ):
        Experiment.objects.create(
            session=session, text=text, due_on=today + timedelta(days=days), outcome=outcome
        )
    Experiment.objects.create(session=session, text="Some day.")

    (need,) = needs_of(facilitator, now)

    assert need.heading.startswith("An experiment was due on")
    assert need.reason == "“Meet monthly.”"


def test_nothing_of_others_and_nothing_for_viewers(client, content, partnership, facilitator):
    make_round(partnership)
    viewer, outsider = make_user(), make_partnership().facilitations.get().user
    Facilitation.objects.create(partnership=partnership, user=viewer, role="viewer")

    assert [needs_of(user, timezone.now()) for user in (viewer, outsider)] == [[], []]
    client.force_login(viewer)
    page = client.get(address("partnership_list")).content.decode()
    assert "What needs you now" not in page


def test_eight_partnerships_cost_as_much_as_one(signed_in, content, facilitator):
    def fill(partnership):
        round_ = make_closed_round(partnership)
        make_comment(round_)
        session = Session.objects.create(round=round_, held_on=timezone.now().date())
        Experiment.objects.create(session=session, text="Try.", due_on=timezone.now().date())
        open_ = make_open_round(partnership)
        queue(open_.participants.first(), "invitation", "failed")
        make_room(open_)
        end_at(open_, timezone.now() + timedelta(days=1))
        make_round(partnership)

    url = address("partnership_list")
    fill(make_partnership(facilitator))
    few = count_queries(signed_in, url)
    for _ in range(7):
        fill(make_partnership(facilitator))

    assert count_queries(signed_in, url) == few
    page = signed_in.get(url)
    assert len(page.context["needs"].listed) == 8 * 7
    assert "48 more, less pressing" in page.content.decode()
