"""What a facilitator could try between opening and closing, each try as one function.

Every function says whether the try got through: True is a win for the adversary.
"""

from datetime import datetime

from django.test import Client

from assessments.models.responses import Response
from assessments.models.results import DimensionFigure, StatementFigure
from assessments.models.rounds import ParticipantState, Round
from assessments.services.closing import close_round
from assessments.services.refusals import Refused
from assessments.services.rosters import NewPerson, change_person, issue_new_link, remove_person
from assessments.services.rounds import change_round, move_end
from tests.attacks.stories import Person, Story
from tests.factories import owner_of, seat_of

NOT_FIGURES = ("id", "result", "item", "dimension")


def opens(link_token: str) -> bool:
    """Whether a link leads anywhere."""
    return Client().post(f"/a/{link_token}").status_code == 302


def reads_after_new_link(story: Story, person: Person, now: datetime) -> bool:
    """Asks for a new link in somebody's name and reads what they answered through it."""
    issue_new_link(participant=person.participant, actor=_owner(story), now=now)
    seat = seat_of(person.participant)
    return seat.can_read or bool(seat.answered and seat.may_write)


def moves_to(story: Story, person: Person, organisation, now: datetime) -> bool:
    """Gives somebody who has started another organisation, to be counted in another group."""
    own = person.participant
    try:
        change_person(
            participant=own,
            person=NewPerson(own.name, own.email, organisation, own.role_level),
            actor=_owner(story),
            now=now,
        )
    except Refused:
        return False
    confirmed = Response.objects.filter(pk=person.response).values_list("organisation_id").first()
    return confirmed is None or own.organisation_id != organisation.pk


def removes(story: Story, person: Person, now: datetime) -> bool:
    """Takes somebody who has submitted out of the figures."""
    try:
        remove_person(participant=person.participant, actor=_owner(story), now=now)
    except Refused:
        return False
    return True


def lowers_the_smallest_group(story: Story, now: datetime) -> bool:
    try:
        change_round(
            round_=story.round_,
            editions=list(story.round_.editions.all()),
            ends_at=story.round_.ends_at,
            smallest_group=Round.SMALLEST_GROUP,
            purpose="",
            actor=_owner(story),
            now=now,
        )
    except Refused:
        return False
    return True


def closes_early(story: Story, now: datetime) -> bool:
    """Closes at a moment of one's own choice, or moves the end to one."""
    for attempt in (
        lambda: close_round(round_=story.round_, actor=_owner(story), now=now),
        lambda: move_end(
            round_=story.round_,
            ends_at=now + (story.round_.ends_at - now) / 2,
            actor=_owner(story),
            now=now,
        ),
    ):
        try:
            attempt()
        except Refused:
            continue
        return True
    return False


def closes_early_by_removing(story: Story, now: datetime) -> bool:
    """Takes those who have not answered off the list until enough of the rest have, and closes."""
    waiting = ParticipantState.objects.filter(participant__round=story.round_).exclude(
        state=ParticipantState.State.SUBMITTED
    )
    for state in list(waiting.select_related("participant")):
        if closes_early(story, now):
            return True
        remove_person(participant=state.participant, actor=_owner(story), now=now)
    return closes_early(story, now)


def figures_of(round_: Round) -> list[dict[str, object]]:
    """All stored figures of a round as plain values."""
    rows = []
    for model in (StatementFigure, DimensionFigure):
        names = [field.name for field in model._meta.fields if field.name not in NOT_FIGURES]
        rows += model.objects.filter(result__round=round_).order_by(*names).values(*names)
    return rows


def _owner(story: Story):
    return owner_of(story.round_.partnership)
