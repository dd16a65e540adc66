"""The list of a round: reading pasted lines, adding, changing and removing people, new links."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from assessments.models.mail import OutgoingMail
from assessments.models.partnerships import Organisation
from assessments.models.responses import Response
from assessments.models.rounds import Audience, Participant, ParticipantState, RoleLevel, Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.keys import digest_token, make_claim, make_token
from assessments.services.links import read_round_key
from assessments.services.locking import lock_round
from assessments.services.refusals import Refused

MOST_PEOPLE = 2000
NAME_LENGTH = 120
EMAIL_LENGTH = 254


@dataclass(frozen=True)
class NewPerson:
    name: str
    email: str = ""
    organisation: Organisation | None = None
    role_level: str = ""


@transaction.atomic
def add_people(
    *, round_: Round, people: list[NewPerson], actor: User, now: datetime
) -> list[Participant]:
    """Adds all or none; in an open round each gets a link at once.

    Refused after the close, for an address that is on the list already, for an
    organisation of another partnership, and in an open round for a person who
    was named as a reader of comments.
    """
    round_ = lock_round(round_.pk)
    if round_.is_closed:
        raise Refused("This round has closed, so its list of people is final.")
    if round_.participants.count() + len(people) > MOST_PEOPLE:
        raise Refused(f"A round can hold {MOST_PEOPLE} people.")
    _check_places(round_, people)
    added = Participant.objects.bulk_create(
        Participant(
            round=round_,
            name=person.name,
            email=person.email.lower(),
            organisation=person.organisation,
            role_level=person.role_level,
        )
        for person in people
    )
    if round_.is_open:
        give_links(round_, added)
    record_event(
        actor=actor,
        action="people added",
        now=now,
        round_=round_,
        detail={"people": len(added), "while": round_.state},
    )
    return added


def give_links(round_: Round, participants: list[Participant]) -> None:
    """Makes each person's link and state. The round must have its key."""
    key = read_round_key(round_)
    for person in participants:
        token = make_token(round_key=key, participant_id=person.pk, version=person.link_version)
        person.link_digest = digest_token(token)
    Participant.objects.bulk_update(participants, ["link_digest", "link_version"], batch_size=200)
    ParticipantState.objects.bulk_create(
        [ParticipantState(participant=person) for person in participants], ignore_conflicts=True
    )


@transaction.atomic
def change_person(
    *, participant: Participant, person: NewPerson, actor: User, now: datetime
) -> None:
    """Corrects an entry of the list.

    In an open round a new address kills the old link (and deletes what was
    begun under it and not submitted). Organisation and role stay as they are
    once the person has started: they are what the person confirmed.
    """
    round_ = lock_round(participant.round_id)
    if round_.is_closed:
        raise Refused("This round has closed, so its list of people is final.")
    _check_places(round_, [person], own=participant)
    participant = Participant.objects.select_related("progress").get(pk=participant.pk)
    labels_change = (
        participant.organisation_id != (person.organisation and person.organisation.pk)
        or participant.role_level != person.role_level
    )
    if round_.is_open and labels_change and has_started(participant):
        raise Refused(
            f"{participant.name} has confirmed their organisation and role, so these stay "
            "as they are until the round has closed."
        )
    address_changes = participant.email.lower() != person.email.lower()
    participant.name = person.name
    participant.email = person.email.lower()
    participant.organisation = person.organisation
    participant.role_level = person.role_level
    participant.save()
    if round_.is_open and address_changes:
        _replace_link(round_, participant)
    record_event(
        actor=actor,
        action="person changed",
        now=now,
        round_=round_,
        detail={"participant": str(participant.pk), "new_link": address_changes},
    )


@transaction.atomic
def issue_new_link(*, participant: Participant, actor: User, now: datetime) -> None:
    """A new link for an open round. The old one is dead.

    What was begun under the old link and not submitted is deleted; a
    submitted response stays and opens with its return code alone.
    """
    round_ = lock_round(participant.round_id)
    if not round_.is_open:
        raise Refused("New links can be made only while the round is open.")
    participant = Participant.objects.get(pk=participant.pk)
    _replace_link(round_, participant)
    record_event(
        actor=actor,
        action="new link made",
        now=now,
        round_=round_,
        detail={"participant": str(participant.pk)},
    )


@transaction.atomic
def remove_person(*, participant: Participant, actor: User, now: datetime) -> None:
    """Takes a person off the list, with what they had begun.

    Refused for somebody who has submitted: nobody but they themselves may
    take their answers out.
    """
    round_ = lock_round(participant.round_id)
    if round_.is_closed:
        raise Refused("This round has closed, so its list of people is final.")
    participant = Participant.objects.get(pk=participant.pk)
    if has_submitted(participant):
        raise Refused(
            f"{participant.name} has submitted their answers. Only they can withdraw them, "
            "so they stay on the list."
        )
    if round_.is_open:
        delete_begun(round_, participant)
        round_.removed_while_open += 1
        round_.save(update_fields=["removed_while_open"])
    record_event(
        actor=actor,
        action="person removed",
        now=now,
        round_=round_,
        detail={"participant": str(participant.pk)},
    )
    participant.delete()


def has_started(participant: Participant) -> bool:
    return (
        ParticipantState.objects.filter(participant=participant)
        .exclude(state=ParticipantState.State.INVITED)
        .exists()
    )


def has_submitted(participant: Participant) -> bool:
    return ParticipantState.objects.filter(
        participant=participant, state=ParticipantState.State.SUBMITTED
    ).exists()


def delete_begun(round_: Round, participant: Participant) -> None:
    """Deletes a response that was begun and not submitted."""
    claim = make_claim(round_key=read_round_key(round_), participant_id=participant.pk)
    Response.objects.filter(claim_digest=claim).delete()
    ParticipantState.objects.filter(participant=participant).update(
        state=ParticipantState.State.INVITED
    )


def _replace_link(round_: Round, participant: Participant) -> None:
    if not has_submitted(participant):
        delete_begun(round_, participant)
    participant.link_version += 1
    give_links(round_, [participant])
    OutgoingMail.objects.filter(participant=participant, status=OutgoingMail.Status.QUEUED).delete()


def _check_places(round_: Round, people: list[NewPerson], own: Participant | None = None) -> None:
    """Checks all people with two queries, however many they are."""
    others = round_.participants.exclude(pk=own.pk) if own else round_.participants
    taken = {email.casefold() for email in others.values_list("email", flat=True) if email}
    readers = _list_named_readers(round_)
    for person in people:
        _check_words(round_, person)
        email = person.email.casefold()
        if not email:
            continue
        if email in taken:
            raise Refused(f"{person.email} is on the list already.")
        if email in readers:
            raise Refused(
                f"{person.email} was named as a reader of comments, and readers never answer. "
                "They can be on the list of the next round."
            )
        taken.add(email)


def _list_named_readers(round_: Round) -> set[str]:
    """Addresses of those whom people have read about as readers of comments."""
    if not (round_.is_open and round_.asks_for_comments):
        return set()
    return {email.casefold() for email in round_.comment_readers.values_list("email", flat=True)}


def _check_words(round_: Round, person: NewPerson) -> None:
    organisation = person.organisation
    if organisation and organisation.partnership_id != round_.partnership_id:
        raise Refused("Choose an organisation of this partnership.")
    if person.role_level and person.role_level not in RoleLevel.values:
        raise Refused("Choose a role from the list.")
    if not person.name.strip():
        raise Refused("Every person on the list needs a name.")
    if len(person.name) > NAME_LENGTH:
        raise Refused(f"A name can have {NAME_LENGTH} characters.")
    if not person.email:
        return
    try:
        validate_email(person.email)
    except ValidationError:
        raise Refused(f"{person.email} is not a whole e-mail address.") from None
    if len(person.email) > EMAIL_LENGTH:
        raise Refused(f"An e-mail address can have {EMAIL_LENGTH} characters.")


def count_states(round_: Round, audience: str = Audience.LEADERS) -> dict[str, int]:
    """How many are on the list, have started and have submitted; one query."""
    states = ParticipantState.objects.filter(
        participant__round=round_, participant__audience=audience
    ).values_list("state", flat=True)
    seen = list(states)
    submitted = seen.count(ParticipantState.State.SUBMITTED)
    started = seen.count(ParticipantState.State.STARTED)
    return {"invited": len(seen), "started": started, "submitted": submitted}
