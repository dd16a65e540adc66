"""The next round from the last."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessments.models.content import Edition
from assessments.models.mail import MailText
from assessments.models.rounds import Participant, Round
from assessments.services.copying import copy_last_round, plan_copy
from assessments.services.refusals import Refused
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import move_end
from tests.factories import (
    make_closed_round,
    make_open_round,
    make_organisation,
    make_partnership,
    make_round,
    owner_of,
)

ALL = ("five_factors", "quick_test", "outside_view")


@pytest.fixture
def partnership():
    return make_partnership()


def copy(partnership, now):
    return copy_last_round(partnership=partnership, actor=owner_of(partnership), now=now)


def test_copy_takes_people_questions_words_and_settings_along(content, now, partnership):
    organisation = make_organisation(partnership)
    source = make_round(
        partnership,
        codes=ALL,
        smallest_group=6,
        asks_for_comments=False,
        asks_candour=True,
        quick_test_problem="Beds",
    )
    people = [
        NewPerson("A Leader", "a@example.org", organisation, "chief"),
        NewPerson("No Address"),
        NewPerson("A Carer", "carer@example.org", audience="outside"),
    ]
    add_people(round_=source, people=people, actor=owner_of(partnership), now=now)
    Participant.objects.filter(email="a@example.org").update(has_bounced=True, link_version=3)
    MailText.objects.create(round=source, template="invitation", subject="Ours", text="{link}")
    Round.objects.filter(pk=source.pk).update(state="open", opened_at=now)

    draft = copy(partnership, now)

    kept = ("purpose", "smallest_group", "asks_for_comments", "asks_candour", "quick_test_problem")
    assert [getattr(draft, name) for name in kept] == [getattr(source, name) for name in kept]
    assert (draft.number, draft.state) == (source.number + 1, "draft")
    fields = ("name", "email", "organisation", "role_level", "audience", "has_bounced")
    assert set(draft.participants.values_list(*fields)) == set(
        source.participants.values_list(*fields)
    )
    assert set(draft.participants.values_list("link_version", "link_digest")) == {(1, None)}
    assert set(draft.editions.values_list("instrument__code", flat=True)) == set(ALL)
    assert list(draft.mail_texts.values_list("template", "subject", "text")) == [
        ("invitation", "Ours", "{link}")
    ]


def test_the_new_round_is_as_long_as_the_last_and_ends_at_the_same_hour(content, now, partnership):
    source = make_open_round(partnership, days=10, session_on=date(2026, 12, 1))
    later = source.ends_at + timedelta(days=5)
    move_end(round_=source, ends_at=later, actor=owner_of(partnership), now=now)
    then = now + timedelta(days=200)

    plan = plan_copy(partnership, then)

    local, before = timezone.localtime(plan.ends_at), timezone.localtime(later)
    assert local.date() == timezone.localtime(then).date() + timedelta(days=15)
    assert local.time() == before.time()
    gap = max(date(2026, 12, 1) - before.date(), timedelta(0))
    assert plan.session_on == local.date() + gap


def test_what_is_published_no_more_is_left_out_and_its_people_too(content, now, partnership):
    source = make_round(partnership, codes=ALL, quick_test_problem="Beds")
    people = [NewPerson("A Leader"), NewPerson("A Carer", audience="outside")]
    add_people(round_=source, people=people, actor=owner_of(partnership), now=now)
    Round.objects.filter(pk=source.pk).update(state="open", opened_at=now)
    gone = Edition.objects.filter(instrument__code__in=["quick_test", "outside_view"])
    gone.update(state=Edition.State.RETIRED)

    plan, draft = plan_copy(partnership, now), copy(partnership, now)

    assert len(plan.left_out) == 2
    assert (draft.quick_test_problem, plan.leaders, plan.outside) == ("", 1, 0)
    assert [person.name for person in draft.participants.all()] == ["A Leader"]


def test_copying_twice_makes_one_draft(content, now, partnership):
    make_closed_round(partnership)
    copy(partnership, now)

    with pytest.raises(Refused, match="draft already"):
        copy(partnership, now)

    assert partnership.rounds.filter(state="draft").count() == 1


def test_a_draft_alone_is_nothing_to_copy(content, now, partnership):
    assert plan_copy(partnership, now) is None
    with pytest.raises(Refused, match="no round to copy"):
        copy(partnership, now)


def test_copy_refuses_without_the_five_factors(content, now, partnership):
    make_open_round(partnership)
    Edition.objects.filter(instrument__code="five_factors").update(state=Edition.State.RETIRED)

    with pytest.raises(Refused, match="five factors"):
        copy(partnership, now)
