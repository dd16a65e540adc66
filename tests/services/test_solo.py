"""Trying a checklist alone: what is kept, what is refused, and that nothing outlives its day."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.models.content import Edition
from assessments.models.results import Group, Result
from assessments.models.solo import SoloAnswer, SoloResponse
from assessments.services import solo as solos
from assessments.services.closing import close_round
from assessments.services.refusals import Refused
from assessments.services.solo import (
    SoloGiven,
    SoloSaved,
    SoloStored,
    delete_due_solos,
    delete_solo,
    find_solo,
    list_items,
    list_to_try,
    read_solo_answers,
    read_solo_profile,
    save_solo_answers,
    start_solo,
)
from tests.factories import answer_all, make_open_round, owner_of, published

ROOT = Path(__file__).resolve().parent.parent.parent
LEADERS = ("five_factors", "six_ways", "practice", "context", "differences")


@pytest.fixture
def start(content, now):
    def start_one(code="five_factors", moment=None):
        return start_solo(edition=published(code)[0], now=moment or now)

    return start_one


def save(solo, code, value, based_on=0) -> SoloSaved:
    given = [SoloGiven(code, value, based_on)]
    return save_solo_answers(solo=solo, given=given)[0]


def test_everything_published_but_the_contact_table_can_be_tried(content):
    assert [one.instrument.code for one in list_to_try()] == [
        "five_factors",
        "six_ways",
        "practice",
        "context",
        "quick_test",
        "differences",
        "outside_view",
    ]


def test_an_edition_that_is_not_published_or_asks_about_a_list_is_refused(content, now):
    contact = published("contact")[0]
    retired = published("five_factors")[0]
    Edition.objects.filter(pk=retired.pk).update(state=Edition.State.RETIRED)

    for edition in (contact, retired):
        with pytest.raises(Refused, match="cannot be tried alone"):
            start_solo(edition=edition, now=now)


def test_a_try_keeps_a_digest_and_a_day_and_nothing_of_the_person(start, now):
    solo = start()

    row = SoloResponse.objects.get()
    assert len(solo.token) == 43
    assert {field.name for field in row._meta.get_fields()} == {
        "id",
        "edition",
        "link_digest",
        "delete_on",
    }
    assert solo.token not in str(vars(row))
    assert solo.token not in repr(solo)
    assert row.delete_on == timezone.localdate(now) + timedelta(days=30)


def test_a_link_finds_its_own_try_and_no_other(start, now):
    mine, other = start(), start()

    assert find_solo(token=mine.token, now=now) == mine
    assert find_solo(token=other.token, now=now) == other
    for wrong in ("", "x" * 43, mine.token[:-1], mine.token + "x"):
        assert find_solo(token=wrong, now=now) is None


def test_a_try_of_an_edition_that_was_retired_meanwhile_goes_on(start, now):
    solo = start()
    Edition.objects.filter(pk=solo.edition.pk).update(state=Edition.State.RETIRED)

    found = find_solo(token=solo.token, now=now)

    assert save(found, "SV1", 4).is_current


def test_answers_are_kept_by_their_code_with_both_ratings_of_a_difference(start):
    solo = start("differences")

    size, handling = save(solo, "DF1.size", 5), save(solo, "DF1.handling", -3)

    assert read_solo_answers(solo) == {
        "DF1.size": SoloStored(5, size.revision),
        "DF1.handling": SoloStored(-3, handling.revision),
    }


def test_a_repeated_answer_is_saved_once(start):
    solo = start()

    first, again = save(solo, "SV1", 4), save(solo, "SV1", 4)

    assert again == first
    assert SoloAnswer.objects.count() == 1


def test_an_older_page_never_overwrites_also_when_the_value_came_back(start):
    solo = start()
    first = save(solo, "SV1", 3)
    second = save(solo, "SV1", 4, based_on=first.revision)
    third = save(solo, "SV1", 3, based_on=second.revision)

    late = save(solo, "SV1", 5, based_on=first.revision)

    assert late == SoloSaved("SV1", third.revision, is_current=False)
    assert save(solo, "SV1", 5, based_on=0).is_current is False
    assert read_solo_answers(solo)["SV1"].value == 3


def test_deleting_takes_the_answers_too_and_no_other_try(start, now):
    solo, other = start(), start()
    save(solo, "SV1", 4)
    save(other, "SV1", 2)

    delete_solo(solo=solo)
    delete_solo(solo=solo)

    assert find_solo(token=solo.token, now=now) is None
    assert list(SoloAnswer.objects.values_list("value", flat=True)) == [2]
    with pytest.raises(Refused, match="have been deleted"):
        save(solo, "SV1", 5)


def test_a_try_ends_on_its_day_and_the_worker_deletes_it(start, now):
    old, young = start(), start(moment=now + timedelta(days=1))
    save(old, "SV1", 4)
    save(young, "SV1", 2)
    last_day, the_day = now + timedelta(days=29), now + timedelta(days=30)

    assert delete_due_solos(now=last_day) == 0
    assert find_solo(token=old.token, now=last_day) == old
    assert find_solo(token=old.token, now=the_day) is None
    assert delete_due_solos(now=the_day) == 1

    assert list(SoloResponse.objects.values_list("pk", flat=True)) == [young.key]
    assert list(SoloAnswer.objects.values_list("value", flat=True)) == [2]


def test_very_many_old_tries_go_step_by_step(start, now, monkeypatch):
    monkeypatch.setattr(solos, "AT_ONCE", 2)
    for _ in range(3):
        start()

    later = now + timedelta(days=31)

    assert [delete_due_solos(now=later) for _ in range(3)] == [2, 1, 0]


def test_the_profile_is_that_of_a_round(start):
    solo = start()
    for code, value in {"SV1": 5, "SV2": 4, "SV3": 4, "SV4": 1}.items():
        save(solo, code, value)

    vision, contact = read_solo_profile(solo)[:2]

    # SV4 is turned round: 5, 4, 4 and 5.
    assert (vision.score, vision.left_out) == (4.5, 2)
    assert (contact.score, contact.left_out) == (None, 6)


def test_items_are_those_that_a_round_would_freeze(content):
    round_ = make_open_round(codes=LEADERS)

    for edition in published(*LEADERS):
        frozen = round_.items.filter(instrument__edition=edition, statement__isnull=False)
        codes = frozen.order_by("order").values_list("code", flat=True)
        assert [item.code for item in list_items(edition)] == list(codes)


def test_a_close_counts_no_try_and_leaves_it_alone(start, now):
    solo = start()
    save(solo, "SV1", 1)
    round_ = make_open_round(people=5)
    for person in round_.participants.all():
        answer_all(person, 5)

    close_round(round_=round_, actor=owner_of(round_.partnership), now=now)

    result = Result.objects.get(round=round_)
    figure = result.statement_figures.get(code="SV1", group=Group.WHOLE)
    assert (result.counted, figure.people, figure.mean) == (5, 5, 5)
    assert read_solo_answers(solo)["SV1"].value == 1


def test_one_service_alone_knows_tries_and_no_close_or_result_uses_it():
    """Import contracts keep rooms and results out; this keeps out the other services too."""
    code = {
        str(path.relative_to(ROOT)): path.read_text()
        for path in (ROOT / "assessments").rglob("*.py")
        if "migrations" not in path.parts
    }

    knowing = {name for name, text in code.items() if re.search(r"models(\.| import )solo", text)}
    using = {name for name, text in code.items() if "services.solo" in text}

    assert knowing == {"assessments/services/solo.py"}
    assert {name.split("/")[1] for name in using} <= {"leaders", "management"}


def test_the_worker_deletes_what_is_due(start, capsys):
    save(start(), "SV1", 4)
    SoloResponse.objects.update(delete_on=timezone.localdate())

    call_command("worker", "--once")

    assert SoloResponse.objects.count() == SoloAnswer.objects.count() == 0
    assert "Checklists tried alone deleted: 1" in capsys.readouterr().out
