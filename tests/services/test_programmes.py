"""What leads of a programme learn: numbers and dates of partnerships that joined."""

import pytest

from assessments.models.partnerships import Programme
from assessments.models.users import AuditEvent
from assessments.services.programmes import (
    PartnershipProgress,
    join_programme,
    leave_programme,
    read_progress,
)
from tests.factories import (
    answer_all,
    make_closed_round,
    make_open_round,
    make_partnership,
    make_people,
    make_round,
    owner_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.fixture
def programme():
    return Programme.objects.create(name="Winter together")


def join(programme, partnership, now):
    join_programme(
        programme=programme, partnership=partnership, actor=owner_of(partnership), now=now
    )


def test_progress_counts_people_asked_and_finished(programme, now):
    closed, open_, none, apart = (make_partnership(name=name) for name in ("A", "B", "C", "D"))
    round_a = make_closed_round(closed, people=6)
    make_round(closed, people=9)
    round_b = make_open_round(open_, people=7)
    answer_all(round_b.participants.first())
    make_open_round(apart, people=8)
    for partnership in (closed, open_, none):
        join(programme, partnership, now)

    progress = read_progress(programme)

    assert progress.rows == [
        PartnershipProgress(closed, round_a, 6, 6),
        PartnershipProgress(open_, round_b, 7, 1),
        PartnershipProgress(none, None, None, None),
    ]
    assert (progress.open, progress.invited, progress.finished) == (1, 13, 7)


def test_few_people_are_not_counted(programme, now):
    partnership = make_partnership()
    round_ = make_open_round(partnership, people=5)
    round_.participants.first().delete()
    join(programme, partnership, now)

    progress = read_progress(programme)

    assert (progress.rows[0].invited, progress.rows[0].finished) == (None, None)
    assert (progress.invited, progress.finished) == (0, 0)


def test_progress_asks_the_same_with_two_and_five(programme, now, django_assert_num_queries):
    join(programme, make_open_round(people=5).partnership, now)
    join(programme, make_closed_round(people=5).partnership, now)
    with django_assert_num_queries(7):
        read_progress(programme)

    for _ in range(2):
        join(programme, make_open_round(people=5).partnership, now)
    join(programme, make_closed_round(people=5).partnership, now)

    with django_assert_num_queries(7):
        read_progress(programme)


def test_joining_and_leaving_are_recorded_once_each(programme, now):
    partnership = make_partnership()
    act = {"programme": programme, "partnership": partnership}

    for service in (join_programme, join_programme, leave_programme, leave_programme):
        service(**act, actor=owner_of(partnership), now=now)

    events = AuditEvent.objects.about(partnership.pk).filter(action__startswith="programme")
    assert [event.action for event in events] == ["programme left", "programme joined"]
    assert not programme.partnerships.exists()


def test_progress_holds_no_person(programme, now):
    partnership = make_partnership()
    round_ = make_open_round(partnership, people=5)
    person = make_people(round_, 1)[0]
    join(programme, partnership, now)

    assert person.name not in str(read_progress(programme))
