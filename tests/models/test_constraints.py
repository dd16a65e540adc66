"""What the database can forbid, it forbids: each constraint met by the row it should stop."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from assessments.models.mail import OutgoingMail
from assessments.models.partnerships import Facilitation, Organisation, Sector
from assessments.models.responses import Answer, Comment, Response, SealedResponse, Sitting
from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import (
    Participant,
    Round,
    RoundInstrument,
    RoundItem,
    RoundKey,
)
from assessments.models.users import AuditEvent, User
from tests.factories import (
    begin,
    make_open_round,
    make_organisation,
    make_partnership,
    make_round,
    make_user,
)


def refuses(make, name: str) -> None:
    """The database refuses the row and, where it can, names the constraint."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    words = str(refusal.value)
    assert name in words or "UNIQUE constraint failed" in words


@pytest.fixture
def open_round(content):
    return make_open_round()


@pytest.fixture
def response(open_round):
    begin(open_round.participants.first())
    return Response.objects.get()


def test_one_account_an_address_whatever_the_letters(db):
    make_user(email="a@example.org")

    refuses(lambda: User.objects.create(email="A@EXAMPLE.org"), "one_account_an_address")


def test_audit_events_are_only_added(db, now):
    event = AuditEvent.objects.create(action="tested", at=now)

    for change in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(TypeError, match="only ever added"):
            change()
    with pytest.raises(TypeError, match="only ever added"):
        AuditEvent.objects.update(action="changed")


def test_one_sector_and_organisation_of_a_name(db):
    partnership = make_partnership()
    sector = partnership.sectors.first()
    make_organisation(partnership, "Northvale Council")

    refuses(
        lambda: Sector.objects.create(partnership=partnership, name=sector.name.upper()),
        "one_sector_of_a_name_in_a_partnership",
    )
    refuses(
        lambda: Organisation.objects.create(
            partnership=partnership, sector=sector, name="northvale council"
        ),
        "one_organisation_of_a_name_in_a_partnership",
    )


def test_one_role_a_person(db):
    partnership = make_partnership()
    user = partnership.facilitations.get().user

    refuses(
        lambda: Facilitation.objects.create(partnership=partnership, user=user),
        "one_role_a_person_on_a_partnership",
    )
    refuses(
        lambda: Facilitation.objects.create(partnership=partnership, user=make_user(), role="king"),
        "facilitation_role_is_known",
    )


def test_rounds_are_numbered_and_one_is_open(open_round, now):
    partnership = open_round.partnership
    draft = make_round(partnership)

    refuses(
        lambda: Round.objects.filter(pk=draft.pk).update(number=open_round.number),
        "rounds_of_a_partnership_are_numbered",
    )
    refuses(
        lambda: Round.objects.filter(pk=draft.pk).update(state="open", opened_at=now),
        "one_open_round_a_partnership",
    )


def test_smallest_group_is_never_below_five(content):
    round_ = make_round()

    refuses(
        lambda: Round.objects.filter(pk=round_.pk).update(smallest_group=4),
        "smallest_group_is_at_least_five",
    )


@pytest.mark.parametrize("state", ["draft", "closed", "shared", "ajar"])
def test_a_state_without_its_moments_is_refused(open_round, state):
    refuses(
        lambda: Round.objects.filter(pk=open_round.pk).update(state=state),
        "round_state_matches_its_moments",
    )


def test_a_closed_round_cannot_be_reopened_without_losing_its_close(open_round, now):
    Round.objects.filter(pk=open_round.pk).update(state="closed", closed_at=now)

    refuses(
        lambda: Round.objects.filter(pk=open_round.pk).update(state="open"),
        "round_state_matches_its_moments",
    )


def test_an_item_asks_one_thing_once(open_round):
    item = open_round.items.first()
    sector = open_round.partnership.sectors.first()

    refuses(
        lambda: RoundItem.objects.filter(pk=item.pk).update(sector=sector), "an_item_asks_one_thing"
    )
    refuses(
        lambda: RoundItem.objects.filter(pk=item.pk).update(statement=None),
        "an_item_asks_one_thing",
    )
    refuses(
        lambda: RoundItem.objects.create(
            round=open_round,
            instrument=item.instrument,
            code=item.code,
            order=99,
            statement=item.statement,
        ),
        "an_item_stands_once_in_a_round",
    )


def test_a_round_asks_an_edition_once(open_round):
    asked = open_round.instruments.first()

    refuses(
        lambda: RoundInstrument.objects.create(
            round=open_round, edition=asked.edition, audience="leaders", order=9
        ),
        "a_round_asks_an_edition_once",
    )


def test_one_place_an_address_and_one_key_a_purpose(open_round):
    person = open_round.participants.first()

    refuses(
        lambda: Participant.objects.create(round=open_round, name="Twin", email=person.email),
        "one_place_an_address_in_a_round",
    )
    refuses(
        lambda: RoundKey.objects.create(round=open_round, purpose="answer", key=b"k"),
        "one_key_a_round_and_purpose",
    )


def test_people_without_an_address_may_be_several(open_round):
    Participant.objects.create(round=open_round, name="First without")
    Participant.objects.create(round=open_round, name="Second without")

    assert open_round.participants.filter(email="").count() == 2


def test_answer_once_per_statement(response, open_round):
    item = open_round.items.first()
    Answer.objects.create(response=response, item=item, value=4)

    refuses(
        lambda: Answer.objects.create(response=response, item=item, value=2),
        "answer_once_per_statement",
    )


@pytest.mark.parametrize("value", [-5, 6, 100])
def test_an_answer_is_a_point_or_a_code(response, open_round, value):
    refuses(
        lambda: Answer.objects.create(
            response=response, item=open_round.items.first(), value=value
        ),
        "answer_is_a_point_or_a_code",
    )


def test_one_sitting_comment_and_code_a_response(response, open_round):
    instrument = open_round.instruments.first()
    dimension = open_round.items.first().dimension
    Sitting.objects.create(response=response, instrument=instrument)
    Comment.objects.create(response=response, dimension=dimension, text="One")

    refuses(
        lambda: Sitting.objects.create(response=response, instrument=instrument),
        "one_sitting_an_instrument",
    )
    refuses(
        lambda: Comment.objects.create(response=response, dimension=dimension, text="Two"),
        "one_comment_a_dimension",
    )
    twin = Response(
        round=open_round,
        audience="leaders",
        claim_digest="c" * 64,
        code_digest=response.code_digest,
        public_key=b"p",
        is_known=False,
    )
    refuses(twin.save, "a_return_code_opens_one_response")
    twin.code_digest, twin.claim_digest = "d" * 64, response.claim_digest
    refuses(twin.save, "claim_digest")


def test_one_sealed_row_a_code(open_round):
    SealedResponse.objects.create(round=open_round, code_digest="d" * 64, sealed=b"s")

    refuses(
        lambda: SealedResponse.objects.create(round=open_round, code_digest="d" * 64, sealed=b"t"),
        "a_return_code_opens_one_sealed_response",
    )


def test_nothing_is_sent_twice(open_round, now):
    person = open_round.participants.first()
    mail = {"participant": person, "template": "invitation", "next_try_at": now}
    OutgoingMail.objects.create(**mail)

    refuses(
        lambda: OutgoingMail.objects.create(**mail, status="sent"),
        "nothing_is_sent_twice",
    )


def test_groups_never_carry_counts_or_spread(open_round):
    result = Result.objects.create(round=open_round, audience="leaders", smallest_group=5)
    item = open_round.items.first()
    of_statement = {
        "result": result,
        "item": item,
        "instrument_code": "five_factors",
        "code": item.code,
        "order": 1,
        "group": "sector",
        "group_name": "Councils",
    }
    of_dimension = {
        "result": result,
        "dimension": item.dimension,
        "instrument_code": "five_factors",
        "code": "SV",
        "order": 1,
        "group": "sector",
        "group_name": "Councils",
    }

    for field, value in {"people": 7, "counts": [1], "dont_know": 0, "median": 3}.items():
        refuses(
            lambda field=field, value=value: StatementFigure.objects.create(
                **of_statement, **{field: value}
            ),
            "no_counts_of_a_statement_for_a_group",
        )
    for field, value in {"q1": 3, "bins": [1], "interval_low": 2, "average_deviation": 1}.items():
        refuses(
            lambda field=field, value=value: DimensionFigure.objects.create(
                **of_dimension, **{field: value}
            ),
            "no_spread_of_a_dimension_for_a_group",
        )
    DimensionFigure.objects.create(**of_dimension, people=7, mean=3)
    StatementFigure.objects.create(**of_statement, mean=3)


def test_visible_to_returns_only_rounds_of_own_partnerships(content):
    mine, theirs = make_partnership(), make_partnership()
    round_ = make_round(mine)
    make_round(theirs)

    assert list(Round.objects.visible_to(mine.facilitations.get().user)) == [round_]


def test_viewers_see_a_round_only_once_it_is_shared(open_round, now):
    viewer = make_user()
    Facilitation.objects.create(partnership=open_round.partnership, user=viewer, role="viewer")

    seen = []
    for state, moments in {
        "open": {},
        "closed": {"closed_at": now},
        "shared": {"closed_at": now, "shared_at": now + timedelta(days=1)},
    }.items():
        Round.objects.filter(pk=open_round.pk).update(state=state, **moments)
        seen.append(Round.objects.visible_to(viewer).count())

    assert seen == [0, 0, 1]


def test_response_keys_are_random(response):
    assert uuid.UUID(str(response.pk)).version == 4
