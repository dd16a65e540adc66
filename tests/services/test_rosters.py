"""The list of a round: who may be on it, and what a change costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models.mail import OutgoingMail
from assessments.models.responses import Response
from assessments.models.rounds import Participant, ParticipantState, RetiredLink
from assessments.services import rosters
from assessments.services.keys import digest_token
from assessments.services.links import find_participant, list_links
from assessments.services.refusals import Refused
from assessments.services.rosters import (
    NewPerson,
    add_people,
    change_person,
    issue_new_link,
    remove_person,
)
from assessments.services.rounds import open_round
from tests.factories import (
    answer_all,
    begin,
    make_closed_round,
    make_open_round,
    make_organisation,
    make_partnership,
    make_round,
    make_user,
    owner_of,
    seat_of,
)


def add(round_, *people, now):
    return add_people(
        round_=round_, people=list(people), actor=owner_of(round_.partnership), now=now
    )


def token_of(person):
    person.refresh_from_db()
    return list_links(person.round, [person])[person].rstrip("/").rsplit("/", 1)[1]


def as_new(person, **changes):
    values = {
        "name": person.name,
        "email": person.email,
        "organisation": person.organisation,
        "role_level": person.role_level,
        "audience": person.audience,
    }
    return NewPerson(**(values | changes))


def change(person, now, **changes):
    change_person(
        participant=person,
        person=as_new(person, **changes),
        actor=owner_of(person.round.partnership),
        now=now,
    )
    person.refresh_from_db()


def test_add_people_to_a_draft_makes_no_link_yet(content, now):
    round_ = make_round()

    (person,) = add(round_, NewPerson("Jane", "JANE@Example.org"), now=now)

    person.refresh_from_db()
    assert (person.email, person.link_digest) == ("jane@example.org", None)
    assert not ParticipantState.objects.exists()


def test_add_people_to_an_open_round_gives_a_link_at_once(content, now):
    round_ = make_open_round()

    (person,) = add(round_, NewPerson("Late"), now=now)

    assert find_participant(token_of(person)) == person
    assert person.progress.state == ParticipantState.State.INVITED


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (NewPerson("Second", "TAKEN@example.org"), "on the list already"),
        (NewPerson("Second", "twice@example.org"), "on the list already"),
        (NewPerson("Second", "not an address"), "not a whole e-mail address"),
        (NewPerson("Second", "a@" + ".".join(["b" * 60] * 5) + ".org"), "can have 254"),
        (NewPerson("Second", role_level="emperor"), "role from the list"),
        (NewPerson("  "), "needs a name"),
        (NewPerson("N" * 121), "120 characters"),
    ],
)
def test_add_people_adds_all_or_nobody(content, now, bad, reason):
    round_ = make_round()
    add(round_, NewPerson("Taken", "taken@example.org"), now=now)

    with pytest.raises(Refused, match=reason):
        add(round_, NewPerson("First", "twice@example.org"), bad, now=now)

    assert [person.name for person in round_.participants.all()] == ["Taken"]


def test_add_people_refuses_an_organisation_of_another_partnership(content, now):
    round_ = make_round()
    foreign = make_organisation(make_partnership())

    with pytest.raises(Refused, match="organisation of this partnership"):
        add(round_, NewPerson("Jane", organisation=foreign), now=now)


def test_the_same_address_may_stand_in_two_rounds(content, now):
    first, second = make_round(), make_round()

    add(first, NewPerson("Jane", "jane@example.org"), now=now)
    add(second, NewPerson("Jane", "jane@example.org"), now=now)

    assert Participant.objects.filter(email="jane@example.org").count() == 2


def test_add_people_refuses_a_reader_of_comments_once_they_are_named(content, now):
    partnership = make_partnership(make_user(email="reader@example.org"))
    draft = make_round(partnership)
    add(draft, NewPerson("Reader", "reader@example.org"), now=now)
    draft.delete()
    round_ = make_open_round(partnership)

    with pytest.raises(Refused, match="readers never answer"):
        add(round_, NewPerson("Reader", "READER@example.org"), now=now)
    with pytest.raises(Refused, match="readers never answer"):
        change(round_.participants.first(), now, email="reader@example.org")


def test_add_people_refuses_more_than_a_round_holds(content, now, monkeypatch):
    monkeypatch.setattr(rosters, "MOST_PEOPLE", 3)
    round_ = make_round(people=2)

    with pytest.raises(Refused, match="can hold 3 people"):
        add(round_, NewPerson("A"), NewPerson("B"), now=now)

    assert len(add(round_, NewPerson("A"), now=now)) == 1


def test_add_people_asks_no_more_of_the_database_for_more_people(content, now):
    counts = []
    for number in (1, 30):
        round_ = make_open_round()
        people = [NewPerson(f"P{i}", f"p{i}@example.org") for i in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            add(round_, *people, now=now)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_list_of_a_closed_round_is_final(content, now):
    round_ = make_closed_round()
    person = round_.participants.first()
    act = {"actor": owner_of(round_.partnership), "now": now}

    with pytest.raises(Refused, match="final"):
        add(round_, NewPerson("Late"), now=now)
    with pytest.raises(Refused, match="final"):
        change(person, now, name="Other")
    with pytest.raises(Refused, match="final"):
        remove_person(participant=person, **act)
    with pytest.raises(Refused, match="only while the round is open"):
        issue_new_link(participant=person, **act)


def test_change_person_keeps_the_link_for_a_corrected_name(content, now):
    person = make_open_round().participants.first()
    before = token_of(person)

    change(person, now, name="Corrected")

    assert (person.name, token_of(person)) == ("Corrected", before)


def test_change_person_may_keep_the_own_address_and_not_take_another(content, now):
    first, second, *_ = make_open_round().participants.all()

    change(first, now, email=first.email.upper())

    assert first.link_version == 1
    with pytest.raises(Refused, match="on the list already"):
        change(first, now, email=second.email.upper())


def test_a_new_address_kills_the_old_link_and_what_was_begun(content, now):
    round_ = make_open_round()
    person, other, *_ = round_.participants.all()
    begin(person)
    begin(other)
    old = token_of(person)

    change(person, now, email="new@example.org")

    assert find_participant(old) is None
    assert find_participant(token_of(person)) == person
    assert seat_of(person).has_begun is False
    assert seat_of(other).has_begun is True
    assert person.progress.state == ParticipantState.State.INVITED
    assert Response.objects.count() == 1


def test_a_new_link_keeps_what_was_submitted_for_the_code_alone(content, now):
    person = make_open_round().participants.first()
    begun = answer_all(person)
    old = token_of(person)

    issue_new_link(participant=person, actor=owner_of(person.round.partnership), now=now)

    seat = seat_of(person)
    assert find_participant(old) is None
    assert (seat.has_begun, seat.can_read, seat.may_write) == (True, False, False)
    assert seat_of(person, begun.reader).may_write is True
    assert person.progress.state == ParticipantState.State.SUBMITTED


def test_a_new_link_drops_queued_mail_of_that_person_alone(content, now):
    person, other, *_ = make_open_round().participants.all()
    for who in (person, other):
        OutgoingMail.objects.create(participant=who, template="invitation", next_try_at=now)

    issue_new_link(participant=person, actor=owner_of(person.round.partnership), now=now)

    assert [mail.participant for mail in OutgoingMail.objects.all()] == [other]


def test_labels_stay_as_confirmed_once_a_person_has_started(content, now):
    partnership = make_partnership()
    council = make_organisation(partnership)
    started, waiting, *_ = make_open_round(partnership).participants.all()
    begin(started)

    with pytest.raises(Refused, match="has confirmed"):
        change(started, now, organisation=council)
    with pytest.raises(Refused, match="has confirmed"):
        change(started, now, role_level="chief")

    change(started, now, name="Corrected")
    change(waiting, now, organisation=council)
    assert (started.name, waiting.organisation) == ("Corrected", council)


def test_remove_person_takes_what_was_begun_along(content, now):
    round_ = make_open_round()
    person = round_.participants.first()
    begin(person)

    remove_person(participant=person, actor=owner_of(round_.partnership), now=now)

    assert not Participant.objects.filter(pk=person.pk).exists()
    assert Response.objects.count() == 0


def test_remove_person_refuses_somebody_who_submitted(content, now):
    round_ = make_open_round()
    person = round_.participants.first()
    answer_all(person)

    with pytest.raises(Refused, match="Only they can withdraw"):
        remove_person(participant=person, actor=owner_of(round_.partnership), now=now)

    assert seat_of(person).has_begun is True


def retired(round_):
    return dict(RetiredLink.objects.filter(round=round_).values_list("digest", "reason"))


def test_a_replaced_link_is_remembered_however_often_and_the_living_one_is_not(content, now):
    round_ = make_open_round()
    person = round_.participants.first()
    first = token_of(person)

    change(person, now, email="new@example.org")
    second = token_of(person)
    issue_new_link(participant=person, actor=owner_of(round_.partnership), now=now)

    assert retired(round_) == {digest_token(old): "replaced" for old in (first, second)}
    assert find_participant(token_of(person)) == person


def test_every_link_of_somebody_taken_off_says_so_and_others_do_not(content, now):
    round_ = make_open_round()
    person, other, *_ = round_.participants.all()
    owner = owner_of(round_.partnership)
    first = token_of(person)
    for who in (person, other):
        issue_new_link(participant=who, actor=owner, now=now)
    second = token_of(person)
    kept = retired(round_)

    remove_person(participant=person, actor=owner, now=now)

    removed = {digest_token(token): "removed" for token in (first, second)}
    assert retired(round_) == kept | removed
    assert sorted(retired(round_).values()) == ["removed", "removed", "replaced"]


def test_a_draft_and_a_refused_removal_retire_no_link(content, now):
    draft, round_ = make_round(people=6), make_open_round()
    submitted = round_.participants.first()
    answer_all(submitted)

    change(draft.participants.first(), now, email="new@example.org")
    remove_person(
        participant=draft.participants.first(), actor=owner_of(draft.partnership), now=now
    )
    with pytest.raises(Refused):
        remove_person(participant=submitted, actor=owner_of(round_.partnership), now=now)

    assert not RetiredLink.objects.exists()


def test_people_outside_have_no_organisation_and_no_role(content, now):
    round_ = make_round(codes=("five_factors", "outside_view"))
    council = make_organisation(round_.partnership)

    for wrong in ({"organisation": council}, {"role_level": "chief"}):
        with pytest.raises(Refused, match="no organisation or role"):
            add(round_, NewPerson("Carer", audience="outside", **wrong), now=now)
    with pytest.raises(Refused, match="Choose whether"):
        add(round_, NewPerson("Carer", audience="everyone"), now=now)

    (carer,) = add(round_, NewPerson("Carer", audience="outside"), now=now)
    assert carer.audience == "outside"


def test_an_open_round_takes_people_outside_only_when_it_asks_them(content, now):
    silent, asking = make_open_round(), make_open_round(codes=("five_factors", "outside_view"))

    with pytest.raises(Refused, match="asks people outside the leadership nothing"):
        add(silent, NewPerson("Carer", audience="outside"), now=now)

    assert add(asking, NewPerson("Carer", audience="outside"), now=now)


def test_nobody_moves_from_one_audience_to_the_other(content, now):
    person = make_round(people=1, codes=("five_factors", "outside_view")).participants.get()

    with pytest.raises(Refused, match="add them where they belong"):
        change(person, now, audience="outside", organisation=None, role_level="")

    person.refresh_from_db()
    assert person.audience == "leaders"


def test_who_is_added_while_the_round_is_open_is_marked(content, now):
    draft = make_round(people=5)
    round_ = open_round(round_=draft, actor=owner_of(draft.partnership), now=now)

    add(round_, NewPerson("Late"), now=now)

    marked = round_.participants.filter(is_added_while_open=True)
    assert [person.name for person in marked] == ["Late"]
