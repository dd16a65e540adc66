"""Who did what: a sentence for every action, for owners, without answers or texts."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib import admin
from django.utils import timezone

from assessments import services
from assessments.facilitators.history_words import SENTENCES, tell
from assessments.models.users import AuditEvent
from assessments.services.audit import record_event
from assessments.services.closing import close_round
from assessments.services.comments import digest_of, release_comment
from assessments.services.rosters import issue_new_link, remove_person
from tests.facilitators.pages import address, count_queries
from tests.factories import (
    make_closed_round,
    make_comment,
    make_open_round,
    make_partnership,
    make_user,
    owner_of,
)

# Content belongs to no partnership, so its events stand in no trail of one.
LEFT_OUT = {"content.py"}
RECORDERS = {"record_event", "_record"}


def list_actions():
    """Every action that a service records, read from its code."""
    paths = [
        path for path in Path(services.__file__).parent.rglob("*.py") if path.name not in LEFT_OUT
    ]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDERS:
                given = [*node.args, *(k.value for k in node.keywords if k.arg == "action")]
                yield from (
                    one.value
                    for one in given
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def test_every_recorded_action_has_a_sentence():
    found = set(list_actions())

    assert {"round closed", "sector added", "comment released"} <= found
    assert found - set(SENTENCES) == set()


def lines_of(client, partnership, **chosen):
    response = client.get(address("partnership_history", partnership), chosen)
    return [f"{line.actor} {line.words}" for line in response.context["lines"]]


@pytest.fixture
def open_(content, partnership):
    return make_open_round(partnership, people=6, now=timezone.now())


def test_the_trail_tells_a_round_from_the_end_to_the_start(signed_in, partnership, open_):
    leaving, staying = list(open_.participants.all())[:2]
    owner, now = owner_of(partnership), timezone.now()
    issue_new_link(participant=staying, actor=owner, now=now)
    remove_person(participant=leaving, actor=owner, now=now)
    close_round(round_=open_, actor=None, now=open_.ends_at)

    assert lines_of(signed_in, partnership) == [
        "The clock closed the round",
        "Amara Osei took somebody who is no longer on the list off the list",
        f"Amara Osei made a new link for {staying.name}",
        "Amara Osei opened the round",
        "Amara Osei put 6 people on the list",
        "Amara Osei set up the round",
        "Amara Osei set up this partnership",
    ]


def test_one_round_alone_can_be_read(signed_in, partnership, open_):
    chosen = lines_of(signed_in, partnership, round=open_.pk)

    assert len(chosen) == 3
    assert "Amara Osei set up this partnership" not in chosen
    for strange in ("x", "999", ""):
        assert len(lines_of(signed_in, partnership, round=strange)) == 4


def test_another_partnership_is_in_no_trail_of_mine(signed_in, partnership, content):
    other = make_open_round(make_partnership())

    assert lines_of(signed_in, partnership, round=other.pk) == [
        "Amara Osei set up this partnership"
    ]


def test_comments_are_told_with_their_number_and_never_their_text(signed_in, partnership, content):
    round_ = make_closed_round(partnership)
    for number in range(3):
        comment = make_comment(round_, f"Secret words {number}")
        release_comment(
            comment=comment, was=digest_of(comment), actor=owner_of(partnership), now=timezone.now()
        )

    assert lines_of(signed_in, partnership)[0] == "Amara Osei released 3 comments"
    page = signed_in.get(address("partnership_history", partnership)).content.decode()
    assert "Secret" not in page


def test_an_event_of_an_older_version_leaves_a_gap_and_no_error(partnership):
    user = make_user("Ben")
    strange = {"number": 2, "organisation": "{n} {0.__class__}", "unknown": None}
    for action, detail in (("end moved", {}), ("organisation added", strange), ("not known", {})):
        record_event(
            actor=user, action=action, now=timezone.now(), partnership=partnership, detail=detail
        )

    events = AuditEvent.objects.filter(actor=user)
    assert [line.words for line in tell(events, {})] == [
        "not known",
        "added the organisation {n} {0.__class__}",
        "moved the end to …",
    ]


def test_a_long_trail_comes_in_pages_that_cost_the_same(signed_in, partnership):
    url = address("partnership_history", partnership)
    few = count_queries(signed_in, url)
    now = timezone.now()
    for number in range(60):
        moment = now + timedelta(minutes=number)
        record_event(actor=None, action="partnership changed", now=moment, partnership=partnership)

    assert count_queries(signed_in, url) == few
    assert len(lines_of(signed_in, partnership)) == 50
    assert len(lines_of(signed_in, partnership, page=2)) == 11


def test_the_trail_is_only_ever_added_to(partnership):
    event = AuditEvent.objects.first()

    for change in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(action="another"),
        lambda: AuditEvent.objects.bulk_update([event], ["action"]),
    ):
        with pytest.raises(TypeError, match="only ever added"):
            change()
    assert not admin.site.is_registered(AuditEvent)
