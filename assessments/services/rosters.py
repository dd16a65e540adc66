"""The list of a round: adding, changing and removing people, new links."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from assessments.models.mail import OutgoingMail
from assessments.models.responses import Response
from assessments.models.rounds import Participant, ParticipantState, RetiredLink, Round
from assessments.models.users import AuditEvent, User
from assessments.services.audit import record_event
from assessments.services.invitations import queue_people_added
from assessments.services.keys import digest_token, make_claim, make_token
from assessments.services.links import read_round_key
from assessments.services.locking import lock_round
from assessments.services.new_people import NewPerson, check_people
from assessments.services.refusals import Refused

MOST_PEOPLE = 2000


@transaction.atomic
def add_people(
    *, round_: Round, people: list[NewPerson], actor: User, now: datetime
) -> list[Participant]:
    """Adds all or none; in an open round each gets a link at once.

    Those of the same audience who began before are written to: they have read
    a list without these names. Refused after the close, for an address that is
    on the list already, for an organisation of another partnership, and in an
    open round for a person who was named as a reader of comments.
    """
    round_ = lock_round(round_.pk)
    if round_.is_closed:
        raise Refused("This round has closed, so its list of people is final.")
    if round_.participants.count() + len(people) > MOST_PEOPLE:
        raise Refused(f"A round can hold {MOST_PEOPLE} people.")
    check_people(round_, people)
    added = Participant.objects.bulk_create(
        Participant(
            round=round_,
            name=person.name,
            email=person.email.lower(),
            organisation=person.organisation,
            role_level=person.role_level,
            audience=person.audience,
            is_added_while_open=round_.is_open,
        )
        for person in people
    )
    if round_.is_open:
        give_links(round_, added)
        queue_people_added(round_, {person.audience for person in added}, now)
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
    check_people(round_, [person], own=participant)
    _check_audience_stays(participant, person)
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
    participant.has_bounced = participant.has_bounced and not address_changes
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
        _retire_links(round_, participant, RetiredLink.Reason.REMOVED)
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


def was_removed(round_: Round, participant_id: UUID) -> bool:
    """Whether somebody took this person off the list, who is not in the table any more."""
    removed = AuditEvent.objects.filter(round_id=round_.pk, action="person removed")
    return removed.filter(detail__participant=str(participant_id)).exists()


def delete_begun(round_: Round, participant: Participant) -> None:
    """Deletes a response that was begun and not submitted."""
    claim = make_claim(round_key=read_round_key(round_), participant_id=participant.pk)
    Response.objects.filter(claim_digest=claim).delete()
    ParticipantState.objects.filter(participant=participant).update(
        state=ParticipantState.State.INVITED
    )


def _replace_link(round_: Round, participant: Participant) -> None:
    """Mail that waits with words about the old link goes; what tells of people added stays."""
    if not has_submitted(participant):
        delete_begun(round_, participant)
    _retire_links(round_, participant, RetiredLink.Reason.REPLACED)
    participant.link_version += 1
    give_links(round_, [participant])
    OutgoingMail.objects.filter(participant=participant, status=OutgoingMail.Status.QUEUED).exclude(
        template=OutgoingMail.Template.PEOPLE_ADDED
    ).delete()


def _retire_links(round_: Round, participant: Participant, reason: str) -> None:
    """Remembers every link that the person has had, so that its page can say why it is dead."""
    key = read_round_key(round_)
    digests = [
        digest_token(make_token(round_key=key, participant_id=participant.pk, version=version))
        for version in range(1, participant.link_version + 1)
    ]
    RetiredLink.objects.filter(digest__in=digests).delete()
    RetiredLink.objects.bulk_create(
        RetiredLink(round=round_, digest=digest, reason=reason) for digest in digests
    )


def _check_audience_stays(participant: Participant, person: NewPerson) -> None:
    if participant.audience != person.audience:
        raise Refused(
            "Leaders and people outside the leadership are asked different things. Take "
            f"{participant.name} off the list and add them where they belong."
        )
