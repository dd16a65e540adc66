"""Two tabs at once. SQLite lets one writer in at a time, so only PostgreSQL can show this."""

from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.models.solo import SoloAnswer, SoloResponse
from assessments.services.refusals import Refused
from assessments.services.solo import SoloGiven, delete_solo, save_solo_answers, start_solo
from tests.factories import published
from tests.services.answering.test_racing import Aside, all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time"),
]


@pytest.fixture
def solo(content):
    return start_solo(edition=published("five_factors")[0], now=timezone.now())


def save(solo, value):
    return save_solo_answers(solo=solo, given=[SoloGiven("SV1", value, 0)])[0].is_current


def test_of_several_tabs_at_once_one_wins(solo):
    won = all_at_once([lambda value=value: save(solo, value) for value in (1, 2, 3, 4)])

    assert won.count(True) == 1
    assert SoloAnswer.objects.get().value == 1 + won.index(True)


def test_an_answer_that_arrives_while_deleting_is_refused_and_not_left(solo):
    begun, may_end = Event(), Event()

    def delete_slowly():
        with transaction.atomic():
            delete_solo(solo=solo)
            begun.set()
            may_end.wait(10)

    deleting = Aside(delete_slowly)
    begun.wait(10)
    saving = Aside(lambda: save(solo, 4))
    saving.thread.join(0.2)
    assert saving.thread.is_alive()
    may_end.set()
    deleting.wait()
    saving.wait()

    assert isinstance(saving.raised, Refused)
    assert (SoloResponse.objects.count(), SoloAnswer.objects.count()) == (0, 0)
