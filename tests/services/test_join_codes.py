"""Join codes: six signs, three hours, one a room, and no more places than people."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.models.rounds import Audience, JoinCode, Ticket
from assessments.models.users import AuditEvent
from assessments.services.join_codes import (
    ALPHABET,
    count_allowed,
    count_people_anew,
    end_join_code,
    find_join_code,
    group_join_code,
    list_living,
    make_join_code,
    read_join_code,
    take_place,
)
from assessments.services.refusals import CodeHasEnded, EveryPlaceTaken, Refused, RoundNotOpen
from tests.factories import make_open_round, make_round, owner_of

HOUR = timedelta(hours=1)


@pytest.fixture
def round_(content):
    return make_open_round()


@pytest.fixture
def make(round_, now):
    def make(people=20, audience=Audience.LEADERS, of=round_, at=now):
        owner = owner_of(of.partnership)
        return make_join_code(round_=of, audience=audience, people=people, actor=owner, now=at)

    return make


@given(st.text(ALPHABET, min_size=6, max_size=6), st.data())
def test_a_code_is_read_however_it_is_typed(code, data):
    typed = data.draw(st.sampled_from([code, code.lower(), f" {code[:3]}-{code[3:]} "]))

    assert read_join_code(typed) == code
    assert read_join_code(group_join_code(code)) == code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("b8g6z2", "886622"),
        ("uvw xyc", "VVWXYC"),
        ("ABC DEF", None),
        ("234 67", None),
        ("234 6789", None),
        ("O23467", None),
        ("", None),
    ],
)
def test_what_looks_like_a_sign_is_read_as_it_and_the_rest_is_no_code(typed, read):
    assert read_join_code(typed) == read


def test_a_code_has_six_signs_that_nobody_can_mistake_and_is_no_word(make):
    code = make().code

    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01OIL5SBGUZAEN")
    assert find_join_code(code).code == code


def test_a_code_ends_by_itself_after_three_hours(round_, make, now):
    join_code = make()

    assert list(list_living(round_, now + 3 * HOUR - timedelta(seconds=1))) == [join_code]
    assert list(list_living(round_, now + 3 * HOUR)) == []
    with pytest.raises(CodeHasEnded, match="has ended"):
        take_place(join_code=join_code, now=now + 3 * HOUR)
    assert Ticket.objects.count() == 0


def test_a_code_never_outlives_its_round(make, content, now):
    round_ = make_open_round(now=now - timedelta(days=14) + HOUR, days=14)

    assert make(of=round_).ends_at == round_.ends_at


def test_one_code_a_round_at_a_time(make, now):
    first = make()

    with pytest.raises(Refused, match="a code for these people already"):
        make()
    second = make(at=now + 3 * HOUR)

    assert second.code != first.code


def test_a_code_can_be_ended_at_once(round_, make, now):
    join_code = make()
    owner = owner_of(round_.partnership)

    end_join_code(join_code=join_code, actor=owner, now=now + HOUR)
    end_join_code(join_code=join_code, actor=owner, now=now + 2 * HOUR)

    join_code.refresh_from_db()
    assert join_code.ends_at == now + HOUR
    with pytest.raises(CodeHasEnded):
        take_place(join_code=join_code, now=now + HOUR)


def test_no_code_before_the_round_opens_nor_after_its_end(make, content, now):
    with pytest.raises(Refused, match="only while the round is open"):
        make(of=make_round())
    with pytest.raises(Refused, match="only while the round is open"):
        make(at=now + timedelta(days=15))
    with pytest.raises(Refused, match="does not ask these people"):
        make(audience=Audience.OUTSIDE)
    assert JoinCode.objects.count() == 0


@pytest.mark.parametrize("people", [0, -1, 501])
def test_somebody_is_in_the_room_and_not_a_stadium(make, people):
    with pytest.raises(Refused, match="Count the people"):
        make(people=people)


def test_the_number_of_people_is_corrected_both_ways_and_recorded(round_, make, now):
    join_code = make(people=20)
    owner = owner_of(round_.partnership)
    for people in (23, 18, 18):
        count_people_anew(join_code=join_code, people=people, actor=owner, now=now)

    events = AuditEvent.objects.filter(action__contains="corrected").order_by("id")
    assert [event.detail for event in events] == [
        {"audience": "leaders", "people": 23, "before": 20},
        {"audience": "leaders", "people": 18, "before": 23},
    ]
    with pytest.raises(Refused, match="stays as it is"):
        count_people_anew(join_code=join_code, people=30, actor=owner, now=now + 3 * HOUR)
    assert JoinCode.objects.get().people == 18


def test_people_taken_off_once_somebody_joined_still_count_as_missing(round_, make, now):
    join_code = make(people=200)
    owner = owner_of(round_.partnership)
    removed = []
    for people in (20, 15, 18):
        count_people_anew(join_code=join_code, people=people, actor=owner, now=now)
        take_place(join_code=join_code, now=now)
        round_.refresh_from_db()
        removed.append(round_.removed_while_open)

    assert removed == [0, 5, 5]


def test_the_record_never_holds_the_code(round_, make, now):
    join_code = make()
    end_join_code(join_code=join_code, actor=owner_of(round_.partnership), now=now)

    assert AuditEvent.objects.filter(action__startswith="join code").count() == 2
    assert join_code.code not in str(list(AuditEvent.objects.values()))


def test_a_place_by_a_code_has_no_name_and_no_group(round_, make, now):
    join_code = make()

    ticket = take_place(join_code=join_code, now=now)

    assert (ticket.round, ticket.join_code, ticket.organisation) == (round_, join_code, None)
    assert ticket.audience == Audience.LEADERS


@pytest.mark.parametrize(("people", "allowed"), [(1, 4), (20, 23), (30, 33), (300, 330)])
def test_a_few_more_may_join_than_are_in_the_room(people, allowed):
    assert count_allowed(people) == allowed


def test_whoever_comes_too_late_is_told_what_to_do(round_, make, now):
    join_code = make(people=1)
    for _ in range(4):
        take_place(join_code=join_code, now=now)

    with pytest.raises(EveryPlaceTaken, match="they can correct how many people are here"):
        take_place(join_code=join_code, now=now)
    owner = owner_of(round_.partnership)
    count_people_anew(join_code=join_code, people=2, actor=owner, now=now)
    take_place(join_code=join_code, now=now)

    assert Ticket.objects.count() == 5


def test_nobody_joins_a_round_that_has_ended(round_, make, now):
    join_code = make()
    round_.ends_at = now + HOUR
    round_.save()

    with pytest.raises(RoundNotOpen):
        take_place(join_code=join_code, now=now + HOUR)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time")
def test_people_who_join_at_once_never_get_more_places_than_there_are(make):
    join_code = make(people=1)
    together = Barrier(8)
    outcomes = []

    def join():
        together.wait(timeout=10)
        try:
            take_place(join_code=join_code, now=timezone.now())
            outcomes.append("joined")
        except EveryPlaceTaken:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [Thread(target=join) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcomes) == ["full"] * 4 + ["joined"] * 4
