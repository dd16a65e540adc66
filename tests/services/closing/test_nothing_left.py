"""After the close: no plain answer, key, state or waiting mail, whichever table is searched."""

import pytest
from django.apps import apps

from assessments.models.mail import OutgoingMail, ScheduledReminder
from assessments.models.responses import Answer, Comment, Response, SealedResponse, Sitting
from assessments.models.results import (
    CollectedComment,
    ContactFigure,
    DimensionFigure,
    ForesightFigure,
    InstrumentFigure,
    Result,
    StatementFigure,
)
from assessments.models.rounds import (
    JoinCode,
    ParticipantState,
    Round,
    RoundKey,
    Throttle,
    Ticket,
)
from assessments.services.links import list_links, read_round_key
from assessments.services.refusals import Refused
from tests.factories import make_open_round, owner_of
from tests.services.closing.rounds import (
    answer,
    answer_at_random,
    close,
    find_everywhere,
    make_answered_round,
    read_every_table,
)

EMPTIED = (
    Answer,
    Comment,
    Sitting,
    Response,
    ParticipantState,
    RoundKey,
    Ticket,
    OutgoingMail,
)
WHAT_A_CLOSE_ADDS = {
    Result,
    StatementFigure,
    DimensionFigure,
    InstrumentFigure,
    ContactFigure,
    ForesightFigure,
    SealedResponse,
    CollectedComment,
}


def add_mail_and_ticket(round_, now):
    OutgoingMail.objects.create(
        participant=round_.participants.first(), template="reminder", next_try_at=now
    )
    code = JoinCode.objects.create(
        round=round_,
        code=f"{round_.pk:06}",
        people=1,
        ends_at=now,
        created_by=owner_of(round_.partnership),
    )
    Ticket.objects.create(round=round_, digest=f"{round_.pk:064}", join_code=code)


def test_close_deletes_answers_keys_states_mail_and_tickets(content, now):
    round_, _ = make_answered_round(9)
    add_mail_and_ticket(round_, now)
    assert all(model.objects.exists() for model in EMPTIED if model is not Comment)

    close(round_)

    assert [model for model in EMPTIED if model.objects.exists()] == []


def test_close_takes_along_reminders_that_were_planned(content, now):
    round_, _ = make_answered_round(6)
    other = make_open_round()
    for one in (round_, other):
        ScheduledReminder.objects.create(round=one, send_at=now)

    close(round_)

    assert [reminder.round for reminder in ScheduledReminder.objects.all()] == [other]


def test_close_leaves_no_trace_of_when_somebody_joined(content, now):
    round_, _ = make_answered_round(6)
    Throttle.objects.create(digest="0" * 64, count=3, ends_at=now)

    close(round_)

    assert not Throttle.objects.exists()


def test_close_leaves_the_open_rounds_of_others_alone(content, now):
    other, _ = make_answered_round(6, seed=5)
    add_mail_and_ticket(other, now)
    before = {model: model.objects.count() for model in EMPTIED}
    round_, _ = make_answered_round(9)
    add_mail_and_ticket(round_, now)

    close(round_)

    assert {model: model.objects.count() for model in EMPTIED} == before


def test_nothing_of_a_response_is_found_in_any_table(content):
    round_, answered = make_answered_round(9)
    secrets = [bytes(read_round_key(round_))]
    secrets += [bytes(response.public_key) for response in Response.objects.all()]
    secrets += list(Response.objects.values_list("claim_digest", flat=True))
    secrets += [str(pk) for pk in Response.objects.values_list("pk", flat=True)]
    secrets += [pk.hex for pk in Response.objects.values_list("pk", flat=True)]
    links = list_links(round_, list(round_.participants.all())) if has_link_page() else {}
    secrets += [link.rpartition("/")[2] or link for link in links.values()]
    secrets += [person.code for person in answered]
    assert find_everywhere(secrets[0])

    close(round_)

    assert [secret for secret in secrets if find_everywhere(secret)] == []


def test_close_writes_nothing_but_results_sealed_rows_and_its_record(content):
    round_, _ = make_answered_round(12)
    before = read_every_table()

    close(round_)

    after = read_every_table()
    allowed = {model._meta.db_table for model in WHAT_A_CLOSE_ADDS}
    allowed |= {"assessments_round", "assessments_auditevent"}
    added = {name for name in after if set(after[name]) - set(before[name])}
    assert added <= allowed


def test_no_table_ties_a_person_to_what_was_answered(content):
    round_, answered = make_answered_round(9)
    people = {str(person.participant.pk) for person in answered}
    people |= {person.participant.pk.hex for person in answered}

    close(round_)

    places = {name for person in people for name in find_everywhere(person)}
    assert places == {"assessments_participant"}


def test_a_close_keeps_no_moment_but_its_own(content):
    """No stored time of any row could tell when somebody answered."""
    round_, _ = make_answered_round(9)

    close(round_)

    with_times = {
        model
        for model in apps.get_app_config("assessments").get_models()
        for field in model._meta.get_fields()
        if getattr(field, "get_internal_type", str)() == "DateTimeField"
    }
    assert not with_times & {*WHAT_A_CLOSE_ADDS, *EMPTIED} - {OutgoingMail}
    assert Round.objects.get().closed_at


def test_links_cannot_be_made_after_the_close(content):
    round_, _ = make_answered_round(9)

    close(round_)

    with pytest.raises(Refused):
        read_round_key(round_)


def test_below_k_everything_is_deleted_and_the_result_says_so(content):
    round_ = make_open_round(people=6)
    people = list(round_.participants.all())
    for place, person in enumerate(people[:4]):
        answer_at_random(person, place, comment="A remark that must go.")
    answer(people[4], lambda item: 4, submit=False)

    close(round_, now=round_.ends_at)

    result = Result.objects.get(round=round_)
    assert (result.invited, result.counted, result.smallest_group) == (None, None, 5)
    for model in (*EMPTIED, SealedResponse, CollectedComment, StatementFigure, DimensionFigure):
        assert not model.objects.exists()
    assert find_everywhere("A remark that must go.") == []
    assert Round.objects.get().is_closed


def has_link_page():
    """The page of a personal link is another room's; without it there is no address to look for."""
    from django.urls import NoReverseMatch, reverse

    try:
        reverse("personal_link", args=["x"])
    except NoReverseMatch:
        return False
    return True
