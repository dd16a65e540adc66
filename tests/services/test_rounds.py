"""A round from draft to shared."""

from datetime import timedelta

import pytest

from assessments.models.content import Edition
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Participant, Round, RoundKey
from assessments.services.closing import close_round
from assessments.services.links import find_participant, list_links
from assessments.services.partnerships import grant_role
from assessments.services.preflight import check_opening
from assessments.services.refusals import Refused
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import (
    change_round,
    create_round,
    delete_draft,
    find_recent_close,
    list_comment_readers,
    list_problems,
    may_close_early,
    move_end,
    open_round,
    share_results,
)
from tests.factories import (
    answer_all,
    make_closed_round,
    make_open_round,
    make_partnership,
    make_round,
    make_user,
    owner_of,
    published,
)


def values(now, **changes):
    return {
        "editions": published("five_factors"),
        "ends_at": now + timedelta(days=7),
        "smallest_group": 5,
        "purpose": "Why",
        "now": now,
    } | changes


def test_create_round_counts_within_its_partnership(content, now):
    partnership = make_partnership()
    make_round()

    numbers = [make_round(partnership).number for _ in range(2)]

    assert numbers == [1, 2]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ends_at": timedelta(0)}, "still to come"),
        ({"ends_at": timedelta(days=-1)}, "still to come"),
        ({"smallest_group": 4}, "never under 5"),
        ({"editions": ("six_ways",)}, "asks the five factors"),
        ({"editions": ()}, "asks the five factors"),
        ({"editions": ("five_factors", "quick_test")}, "Name the problem"),
    ],
)
def test_create_and_change_refuse_the_same(content, now, changes, reason):
    partnership = make_partnership()
    draft = make_round(partnership)
    if "ends_at" in changes:
        changes["ends_at"] = now + changes["ends_at"]
    if "editions" in changes:
        changes["editions"] = published(*changes["editions"])
    wrong = values(now, **changes) | {"actor": owner_of(partnership)}

    with pytest.raises(Refused, match=reason):
        create_round(partnership=partnership, **wrong)
    with pytest.raises(Refused, match=reason):
        change_round(round_=draft, **wrong)

    assert partnership.rounds.count() == 1


def test_create_round_refuses_an_edition_that_is_not_published(content, now):
    partnership = make_partnership()
    editions = published("five_factors", "six_ways")
    Edition.objects.filter(instrument__code="six_ways").update(state=Edition.State.RETIRED)
    for edition in editions:
        edition.refresh_from_db()

    with pytest.raises(Refused, match="published parts"):
        create_round(
            partnership=partnership,
            actor=owner_of(partnership),
            **values(now, editions=editions),
        )


def test_change_round_replaces_what_a_draft_asks(content, now):
    draft = make_round()
    editions = published("five_factors", "context")

    change_round(
        round_=draft,
        actor=owner_of(draft.partnership),
        **values(now, editions=editions, smallest_group=7),
    )

    draft.refresh_from_db()
    asked = [instrument.edition.instrument.code for instrument in draft.instruments.all()]
    assert (draft.smallest_group, asked) == (7, ["five_factors", "context"])


def test_opening_freezes_what_was_promised(content, now):
    round_ = make_open_round()
    before = Round.objects.values().get(pk=round_.pk)

    with pytest.raises(Refused, match="This round is open"):
        change_round(
            round_=round_, actor=owner_of(round_.partnership), **values(now, smallest_group=9)
        )
    with pytest.raises(Refused, match="Only a draft"):
        delete_draft(round_=round_, actor=owner_of(round_.partnership), now=now)
    with pytest.raises(Refused, match="opened already"):
        open_round(round_=round_, actor=owner_of(round_.partnership), now=now)

    assert Round.objects.values().get(pk=round_.pk) == before


def test_open_round_makes_a_link_for_each_and_freezes_its_items(content, now):
    round_ = make_open_round()

    people = list(round_.participants.all())
    links = list_links(round_, people)
    assert len(set(links.values())) == len(people) == 6
    found = {find_participant(link.rstrip("/").rsplit("/", 1)[1]) for link in links.values()}
    assert found == set(people)
    assert round_.items.filter(instrument__edition__instrument__code="five_factors").count() == 30
    assert RoundKey.objects.get(round=round_).purpose == RoundKey.Purpose.ANSWER


def test_list_problems_tells_all_that_stands_in_the_way(content, now):
    partnership = make_partnership()
    draft = make_round(partnership, people=6)
    make_open_round(partnership)
    draft.instruments.all().delete()

    problems = list_problems(draft, now + timedelta(days=15))

    assert [problem.split(".")[0] for problem in problems] == [
        "The closing date has passed",
        "The round asks nothing yet",
        "Another round of this partnership is open",
    ]
    with pytest.raises(Refused, match="asks nothing yet"):
        open_round(round_=draft, actor=owner_of(partnership), now=now)
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_larger_smallest_group_wants_more_people(content, now):
    assert check_opening(make_round(people=5), now).warnings == []
    assert len(check_opening(make_round(people=6, smallest_group=7), now).warnings) == 1


def test_another_partnership_may_have_an_open_round(content, now):
    make_open_round()

    assert make_open_round().is_open


def test_readers_of_comments_run_the_round_and_never_answer_it(content, now):
    partnership = make_partnership()
    answers, reads, views = (make_user() for _ in range(3))
    act = {"partnership": partnership, "actor": owner_of(partnership), "now": now}
    for user, role in ((answers, "facilitator"), (reads, "facilitator"), (views, "viewer")):
        grant_role(user=user, role=role, **act)
    draft = make_round(partnership, people=5)
    add_people(
        round_=draft,
        people=[NewPerson("Answers", answers.email)],
        actor=owner_of(partnership),
        now=now,
    )

    round_ = open_round(round_=draft, actor=owner_of(partnership), now=now)

    assert set(round_.comment_readers.all()) == {owner_of(partnership), reads}
    silent = make_open_round(asks_for_comments=False)
    assert silent.comment_readers.count() == 0


def test_delete_draft_deletes_its_list(content, now):
    draft, other = make_round(people=3), make_round(people=2)

    delete_draft(round_=draft, actor=owner_of(draft.partnership), now=now)

    assert list(Round.objects.all()) == [other]
    assert Participant.objects.count() == 2


def test_find_recent_close_looks_sixty_days_back_in_this_partnership(content, now):
    partnership = make_partnership()
    closed = make_closed_round(partnership)
    make_closed_round()
    draft = make_round(partnership)

    assert find_recent_close(draft, now + timedelta(days=59)) == closed
    assert find_recent_close(draft, now + timedelta(days=61)) is None
    assert find_recent_close(make_round(), now) is None


def test_check_opening_knows_who_helps_and_what_may_be_shown(content, now):
    partnership = make_partnership()
    draft = make_round(partnership, people=9)
    add_people(
        round_=draft,
        people=[NewPerson("Owner", owner_of(partnership).email), NewPerson("No address")],
        actor=owner_of(partnership),
        now=now,
    )

    check = check_opening(draft, now)

    assert (check.people, check.helping, check.counting) == (11, 1, 10)
    assert (check.without_email, check.without_organisation) == (1, 11)
    assert (check.runs, check.readers) == ([owner_of(partnership)], [])
    assert (check.may_show_detail, check.may_show_comments) == (True, False)
    assert check.needs_everyone is False


def answered(round_, number):
    for person in list(round_.participants.all())[:number]:
        answer_all(person)
    return round_


@pytest.mark.parametrize(("number", "may"), [(7, False), (8, True), (10, True)])
def test_may_close_early_from_eighty_percent(content, now, number, may):
    round_ = answered(make_open_round(people=10), number)

    assert may_close_early(round_) is may


def test_closing_early_is_refused_under_eighty_percent(content, now):
    round_ = answered(make_open_round(people=10), 7)
    owner = owner_of(round_.partnership)

    with pytest.raises(Refused, match="80 %"):
        close_round(round_=round_, actor=owner, now=now)

    round_.refresh_from_db()
    assert round_.is_open
    assert close_round(round_=round_, actor=owner, now=round_.ends_at).is_closed


def test_the_end_moves_later_at_any_time_and_earlier_from_eighty_percent(content, now):
    round_ = answered(make_open_round(people=10), 7)
    act = {"round_": round_, "actor": owner_of(round_.partnership), "now": now}
    later, earlier = round_.ends_at + timedelta(days=1), round_.ends_at - timedelta(days=1)

    move_end(ends_at=later, **act)
    with pytest.raises(Refused, match="80 %"):
        move_end(ends_at=earlier, **act)
    with pytest.raises(Refused, match="still to come"):
        move_end(ends_at=now, **act)

    round_.refresh_from_db()
    assert round_.ends_at == later
    answer_all(round_.participants.filter(progress__state="invited").first())
    assert move_end(ends_at=earlier, **act).ends_at == earlier


def test_move_end_is_for_open_rounds(content, now):
    for round_ in (make_round(), make_closed_round()):
        with pytest.raises(Refused, match="Only an open round"):
            move_end(
                round_=round_,
                ends_at=now + timedelta(days=30),
                actor=owner_of(round_.partnership),
                now=now,
            )


def test_share_results_after_the_close_and_once(content, now):
    round_ = make_closed_round()
    owner = owner_of(round_.partnership)

    shared = share_results(round_=round_, actor=owner, now=now)
    again = share_results(round_=round_, actor=owner, now=now + timedelta(days=1))

    assert shared.is_shared
    assert again.shared_at == now
    for other in (make_round(), make_open_round()):
        with pytest.raises(Refused, match="once the round has closed"):
            share_results(round_=other, actor=owner, now=now)


def test_visible_to_shows_viewers_shared_rounds_alone(content, now):
    partnership = make_partnership()
    viewer = make_user()
    Facilitation.objects.create(partnership=partnership, user=viewer, role="viewer")
    round_ = make_closed_round(partnership)
    make_round(partnership)
    make_closed_round()

    assert list(Round.objects.visible_to(viewer)) == []
    share_results(round_=round_, actor=owner_of(partnership), now=now)
    assert list(Round.objects.visible_to(viewer)) == [round_]
    assert Round.objects.visible_to(owner_of(partnership)).count() == 2


def test_a_round_soon_after_another_asks_for_no_comments(content, now):
    first = make_closed_round(people=6, now=now)
    partnership = first.partnership
    soon, later = now + timedelta(days=59), now + timedelta(days=61)
    draft = make_round(partnership, people=6, now=now)

    assert list_comment_readers(draft, soon) == []
    assert list_comment_readers(draft, later) == [owner_of(partnership)]
