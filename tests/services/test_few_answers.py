"""Three days before the end those who run a round are told, once, that too few have answered."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from assessments.models.users import AuditEvent
from assessments.services.few_answers import WARN_BEFORE, WARNED, warn_of_few_answers
from assessments.services.partnerships import grant_role
from assessments.services.rounds import move_end
from tests.factories import answer_all, make_open_round, make_round, make_user, owner_of


class Down(EmailBackend):
    def open(self):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def round_(content, now):
    draft = make_round(people=6, now=now, days=10)
    grant = {"partnership": draft.partnership, "actor": owner_of(draft.partnership), "now": now}
    grant_role(user=make_user("Bo"), role="facilitator", **grant)
    grant_role(user=make_user("Vi"), role="viewer", **grant)
    draft.delete()
    return make_open_round(draft.partnership, people=6, now=now, days=10)


def test_those_who_run_the_round_are_told_once(round_, now):
    late = round_.ends_at - WARN_BEFORE

    assert warn_of_few_answers(now=late - timedelta(minutes=1)) == 0
    assert warn_of_few_answers(now=late) == 1
    assert warn_of_few_answers(now=late) == 0
    assert warn_of_few_answers(now=round_.ends_at - timedelta(minutes=1)) == 0

    runs = round_.partnership.facilitations.exclude(role="viewer")
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        runs.values_list("user__email", flat=True)
    )
    body = mail.outbox[0].body
    assert "leaders: 0 of 6 have answered. At least 5 are needed" in body
    assert f"/partnerships/{round_.partnership_id}/rounds/{round_.pk}/" in body
    event = AuditEvent.objects.get(action=WARNED)
    assert (event.actor, event.round_id, event.detail["people"]) == (None, round_.pk, 2)


def test_nobody_is_told_where_enough_have_answered(round_, now):
    for person in round_.participants.all()[:5]:
        answer_all(person)

    assert warn_of_few_answers(now=round_.ends_at - WARN_BEFORE) == 0
    assert mail.outbox == []


def test_a_later_closing_date_has_a_warning_of_its_own(round_, now):
    warn_of_few_answers(now=round_.ends_at - WARN_BEFORE)
    move_end(
        round_=round_,
        ends_at=round_.ends_at + timedelta(days=7),
        actor=owner_of(round_.partnership),
        now=now,
    )
    round_.refresh_from_db()

    assert warn_of_few_answers(now=round_.ends_at - WARN_BEFORE - timedelta(days=1)) == 0
    assert warn_of_few_answers(now=round_.ends_at - WARN_BEFORE) == 1


def test_a_mail_server_that_is_down_costs_nobody_the_warning(round_, settings):
    late = round_.ends_at - WARN_BEFORE
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    assert warn_of_few_answers(now=late) == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert warn_of_few_answers(now=late) == 1
    assert len(mail.outbox) == 2
