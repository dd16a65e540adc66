"""Telling a story through the services, with moments of its own as `now`."""

import random
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from assessments.management.demo.characters import InventedPerson
from assessments.management.demo.people import invent_outsiders, invent_people
from assessments.management.demo.stories import PartnershipStory, RoundStory
from assessments.models.content import Edition
from assessments.models.partnerships import Partnership
from assessments.models.rounds import (
    Audience,
    Participant,
    Round,
    RoundInstrument,
    RoundItem,
    Ticket,
)
from assessments.models.users import User
from assessments.services.answering.saving import (
    GivenAnswer,
    save_answers,
    save_comment,
    submit_sitting,
)
from assessments.services.answering.seats import Seat, begin_response, find_seat
from assessments.services.closing import close_round
from assessments.services.comments import digest_of, list_comments, release_comment
from assessments.services.join_codes import make_join_code, take_place
from assessments.services.keys import Reader
from assessments.services.links import link_of
from assessments.services.partnerships import add_organisation, create_partnership
from assessments.services.rosters import add_people
from assessments.services.rounds import create_round, open_round, share_results
from assessments.services.tickets import make_tickets

CLOSES_AT = time(17, 0)
DAYS_UNTIL_SHARED = 7


@transaction.atomic
def tell_partnership(story: PartnershipStory, today: datetime) -> Partnership:
    """Makes one partnership with all its rounds, or nothing when anything fails."""
    name, email = story.facilitator
    first = today - timedelta(days=max(round_.began for round_ in story.rounds) + 7)
    owner = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
    partnership = create_partnership(name=story.name, about=story.about, owner=owner, now=first)
    sectors = {sector.name: sector for sector in partnership.sectors.all()}
    for organisation, sector in story.organisations:
        add_organisation(
            partnership=partnership,
            name=organisation,
            sector=sectors[sector],
            actor=owner,
            now=first,
        )
    for round_story in story.rounds:
        _tell_round(story, round_story, partnership, owner, today)
    return partnership


def _tell_round(
    story: PartnershipStory,
    told: RoundStory,
    partnership: Partnership,
    owner: User,
    today: datetime,
) -> Round:
    began = today - timedelta(days=told.began)
    ends_at = _at_closing_time(began + timedelta(days=told.days))
    editions = Edition.objects.filter(
        state=Edition.State.PUBLISHED, instrument__code__in=told.codes
    ).select_related("instrument")
    round_ = create_round(
        partnership=partnership,
        editions=list(editions),
        ends_at=ends_at,
        smallest_group=Round.SMALLEST_GROUP,
        purpose=told.purpose,
        actor=owner,
        now=began,
        session_on=(ends_at + timedelta(days=13)).date(),
        quick_test_problem=told.problem,
        asks_candour=told.asks_more,
        asks_foresight=told.asks_more,
    )
    seed = f"{story.domain} {round_.number}"
    people = invent_people(
        number=told.people,
        organisations=list(partnership.organisations.order_by("id")),
        domain=story.domain,
        seed=story.domain,
    )
    people += invent_outsiders(number=told.outside, domain=story.domain, seed=story.domain)
    add_people(round_=round_, people=people, actor=owner, now=began)
    round_ = open_round(round_=round_, actor=owner, now=began)
    _tell_answers(story, told, round_, began + timedelta(days=2), seed)
    _tell_places_without_a_name(told, round_, owner, today)
    if told.closed:
        round_ = close_round(round_=round_, actor=None, now=ends_at)
    if told.shared:
        shared_at = ends_at + timedelta(days=DAYS_UNTIL_SHARED)
        _tell_released(round_, owner, shared_at)
        round_ = share_results(round_=round_, actor=owner, now=shared_at)
    return round_


def _tell_released(round_: Round, reader: User, now: datetime) -> None:
    """The reader releases every comment before sharing."""
    for comment in list_comments(round_, now):
        release_comment(comment=comment, was=digest_of(comment), actor=reader, now=now)


def _tell_places_without_a_name(
    told: RoundStory, round_: Round, owner: User, now: datetime
) -> None:
    """Slips in a hat, and a room whose code lives for the first hours of the demo."""
    if told.slips:
        make_tickets(
            round_=round_, audience=Audience.LEADERS, number=told.slips, actor=owner, now=now
        )
    if not told.room:
        return
    join_code = make_join_code(
        round_=round_, audience=Audience.LEADERS, people=told.room, actor=owner, now=now
    )
    for place in range(told.joined):
        ticket = take_place(join_code=join_code, now=now)
        _tell_person(told, ticket, now, f"{round_} in the room {place}", None)


def _tell_answers(
    story: PartnershipStory, told: RoundStory, round_: Round, now: datetime, seed: str
) -> None:
    people = list(round_.participants.select_related("organisation").order_by("email"))
    random.Random(seed).shuffle(people)
    submits = round(told.answered * len(people))
    comments = [(code, text) for code, texts in story.comments.items() for text in texts]
    for place, participant in enumerate(people[:submits]):
        comment = comments[place] if place < len(comments) else None
        _tell_person(told, participant, now, f"{seed} {participant.email}", comment)
    for participant in people[submits : submits + 2]:
        if not told.closed:
            _tell_beginning(told, participant, now, f"{seed} {participant.email}")


def _tell_person(
    told: RoundStory,
    place: Participant | Ticket,
    now: datetime,
    seed: str,
    comment: tuple[str, str] | None,
) -> None:
    seat = _begin(place, now)
    person = InventedPerson(told.character, seed)
    for instrument in _instruments_of(place):
        items = _items_of(instrument, place)
        save_answers(seat=seat, given=[_give(person, item) for item in items], now=now)
        if comment:
            _tell_comment(seat, items, comment, now)
        submit_sitting(seat=seat, instrument=instrument, now=now)


def _tell_beginning(told: RoundStory, participant: Participant, now: datetime, seed: str) -> None:
    """Somebody who has begun and not yet submitted."""
    seat = _begin(participant, now)
    person = InventedPerson(told.character, seed)
    items = _items_of(_instruments_of(participant)[0], participant)
    save_answers(seat=seat, given=[_give(person, item) for item in items[:8]], now=now)


def _begin(place: Participant | Ticket, now: datetime) -> Seat:
    seat = _sit_down(place, None)
    begun = begin_response(
        seat=seat,
        organisation=seat.organisation if seat.confirms_groups else None,
        role_level=seat.role_level if seat.confirms_groups else "",
        helps_to_run=False,
        now=now,
    )
    return _sit_down(place, begun.reader)


def _sit_down(place: Participant | Ticket, reader: Reader | None) -> Seat:
    seat = find_seat(round_id=place.round_id, link=link_of(place), reader=reader)
    assert seat is not None
    return seat


def _tell_comment(
    seat: Seat, items: list[RoundItem], comment: tuple[str, str], now: datetime
) -> None:
    code, text = comment
    dimension = next((i.dimension for i in items if i.dimension and i.dimension.code == code), None)
    if dimension:
        save_comment(seat=seat, dimension_id=dimension.pk, text=text, based_on=0, now=now)


def _give(person: InventedPerson, item: RoundItem) -> GivenAnswer:
    return GivenAnswer(item_id=item.pk, value=person.answer(item), based_on=0)


def _instruments_of(place: Participant | Ticket) -> list[RoundInstrument]:
    own = RoundInstrument.objects.filter(round=place.round_id, audience=place.audience)
    return list(own.order_by("order"))


def _items_of(instrument: RoundInstrument, place: Participant | Ticket) -> list[RoundItem]:
    """What is asked of this person: contact never of their own sector."""
    items = RoundItem.objects.filter(instrument=instrument).select_related(
        "statement", "dimension", "instrument__edition__scale"
    )
    own = place.organisation.sector_id if place.organisation else None
    return [item for item in items.order_by("order") if own is None or item.sector_id != own]


def _at_closing_time(moment: datetime) -> datetime:
    day = timezone.localtime(moment).date()
    return timezone.make_aware(datetime.combine(day, CLOSES_AT))
