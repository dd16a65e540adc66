"""Whole rounds told through the services, of which the test remembers every secret."""

import random
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from assessments.models.responses import Answer, Comment, Response
from assessments.models.rounds import RoleLevel, Round, RoundInstrument, RoundItem, RoundKey
from assessments.services.answering.saving import (
    GivenAnswer,
    save_answers,
    save_comment,
    submit_sitting,
)
from assessments.services.answering.seats import claim_of
from assessments.services.closing import close_round
from assessments.services.keys import Reader
from assessments.services.links import list_links
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import open_round
from tests.factories import (
    begin,
    make_organisation,
    make_partnership,
    make_round,
    owner_of,
    seat_of,
)


@dataclass
class Person:
    """One person of a story with everything that nobody else may find."""

    participant: object
    token: str
    code: str
    reader: Reader
    claim: str
    response: UUID
    answers: list[UUID]
    values: dict[str, int]
    comment: str


@dataclass
class Story:
    """A round, and its people in the order in which they answered."""

    round_: Round
    people: list[Person] = field(default_factory=list)
    key: bytes = b""

    def close(self, now=None) -> Round:
        closer = owner_of(self.round_.partnership)
        return close_round(round_=self.round_, actor=closer, now=now or timezone.now())


def open_story(people=10, *, partnership=None, organisations=2, now=None, **fields) -> Story:
    """An open round: organisations in sectors of their own, people spread over them and roles."""
    now = now or timezone.now()
    partnership = partnership or make_partnership()
    homes = list(partnership.organisations.all()) or [
        make_organisation(partnership, sector=number) for number in range(organisations)
    ]
    round_ = make_round(partnership, now=now, **fields)
    add_people(
        round_=round_,
        people=[
            NewPerson(
                name=f"Person {number} of round {round_.pk}",
                email=f"person.{number}.{round_.pk}@example.org",
                organisation=homes[number % len(homes)],
                role_level=RoleLevel.values[number % 3],
            )
            for number in range(people)
        ],
        actor=owner_of(partnership),
        now=now,
    )
    round_ = open_round(round_=round_, actor=owner_of(partnership), now=now)
    key = bytes(RoundKey.objects.get(round=round_).key)
    return Story(round_=round_, key=key)


def answer(story: Story, participant, choose, *, comment="", submit=True, now=None) -> Person:
    """The participant begins, answers what `choose` gives (None: left out) and submits."""
    now = now or timezone.now()
    link = list_links(story.round_, [participant])[participant]
    begun = begin(participant, now=now)
    seat = seat_of(participant, begun.reader)
    instrument = RoundInstrument.objects.filter(round=story.round_).first()
    items = list(RoundItem.objects.filter(instrument=instrument).select_related("dimension"))
    values = {item.code: choose(item) for item in items if item.question_id is None}
    given = {item: values[item.code] for item in items if values.get(item.code) is not None}
    save_answers(
        seat=seat, given=[GivenAnswer(item.pk, v, None) for item, v in given.items()], now=now
    )
    if comment:
        save_comment(
            seat=seat, dimension_id=items[0].dimension_id, text=comment, based_on=None, now=now
        )
    if submit:
        submit_sitting(seat=seat, instrument=instrument, now=now)
    response = Response.objects.get(claim_digest=claim_of(participant))
    person = Person(
        participant=participant,
        token=link.rsplit("/", 1)[1],
        code=begun.code,
        reader=begun.reader,
        claim=response.claim_digest,
        response=response.pk,
        answers=list(Answer.objects.filter(response=response).values_list("pk", flat=True)),
        values={item.code: value for item, value in given.items()},
        comment=comment,
    )
    story.people.append(person)
    return person


def tell(seed: int, *, people=10, comments=False, only=None, **fields) -> Story:
    """An open round that everybody answered at random, in random order.

    `only` names a dimension: the others are left out, which is quicker.
    """
    chance = random.Random(f"story {seed}")
    story = open_story(people, **fields)
    participants = list(story.round_.participants.order_by("id"))
    chance.shuffle(participants)
    for number, participant in enumerate(participants):
        answer(
            story,
            participant,
            lambda item: chance.randint(1, 5) if only in (None, item.dimension.code) else None,
            comment=f"Words {seed} {number} that stand nowhere else" if comments else "",
        )
    return story


def count_plain_rows() -> int:
    """Rows that hold answers or comments in the clear."""
    return sum(model.objects.count() for model in (Response, Answer, Comment))
