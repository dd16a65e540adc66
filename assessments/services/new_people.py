"""A person to be put on a list, and whether the list of that round can take them."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assessments.models.partnerships import Organisation
from assessments.models.rounds import Audience, Participant, RoleLevel, Round
from assessments.services.refusals import Refused
from assessments.services.round_set_up import asks_audience

NAME_LENGTH = 120
EMAIL_LENGTH = 254


@dataclass(frozen=True)
class NewPerson:
    """People outside the leadership have no organisation and no role."""

    name: str
    email: str = ""
    organisation: Organisation | None = None
    role_level: str = ""
    audience: str = Audience.LEADERS


def check_people(round_: Round, people: list[NewPerson], own: Participant | None = None) -> None:
    """Raises Refused with the first thing that is wrong; a few queries, however many people."""
    _check_audiences(round_, people)
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


def _check_audiences(round_: Round, people: list[NewPerson]) -> None:
    """Of a draft the choice of what to ask may still come."""
    audiences = {person.audience for person in people}
    if not audiences <= set(Audience.values):
        raise Refused("Choose whether they are leaders or people outside the leadership.")
    if (
        Audience.OUTSIDE in audiences
        and not round_.is_draft
        and not asks_audience(round_, Audience.OUTSIDE)
    ):
        raise Refused("This round asks people outside the leadership nothing.")


def _list_named_readers(round_: Round) -> set[str]:
    """Addresses of those whom people have read about as readers of comments."""
    if not (round_.is_open and round_.asks_for_comments):
        return set()
    return {email.casefold() for email in round_.comment_readers.values_list("email", flat=True)}


def _check_words(round_: Round, person: NewPerson) -> None:
    _check_groups(round_, person)
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


def _check_groups(round_: Round, person: NewPerson) -> None:
    organisation = person.organisation
    if person.audience == Audience.OUTSIDE and (organisation or person.role_level):
        raise Refused("People outside the leadership have no organisation or role here.")
    if organisation and organisation.partnership_id != round_.partnership_id:
        raise Refused("Choose an organisation of this partnership.")
    if person.role_level and person.role_level not in RoleLevel.values:
        raise Refused("Choose a role from the list.")
