"""The audit trail in plain sentences: one for each action that a service records.

An event stores what somebody meant to do and whose it was, as ids. Names are
looked up when the page is read, so they are there only as long as the people are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.utils import timezone

from assessments.facilitators.pages import count_words
from assessments.models.mail import OutgoingMail
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Participant
from assessments.models.users import AuditEvent, User

THE_CLOCK = "The clock"
NO_LONGER_LISTED = "somebody who is no longer on the list"

# What follows the name of whoever did it. Words in braces come from the event's detail.
SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "partnership created": "set up this partnership",
        "partnership changed": "changed the name or what the partnership is for",
        "organisation added": "added the organisation {organisation}",
        "organisation changed": "changed the organisation {organisation}",
        "organisation removed": "removed the organisation {organisation}",
        "sector added": "added the sector {sector}",
        "sector renamed": "renamed a sector to {sector}",
        "sector removed": "removed the sector {sector}",
        "sectors counted together": "counted {sectors} together as “{joined}”",
        "role granted": "gave {user} the role “{role}”",
        "role taken away": "took the role of {user} away",
        "invited to a role": "invited {email} to the role “{role}”",
        "invited to a role again": "sent {email} the invitation to a role again",
        "invitation taken back": "took back the invitation of {email} to a role",
        "invitation accepted": "accepted the role “{role}”",
        "programme joined": "let the programme {programme} count this partnership",
        "programme left": "took this partnership out of the programme {programme}",
        "round created": "set up the round",
        "round copied": "set up the round as a copy of an earlier one",
        "round changed": "changed the draft",
        "draft deleted": "deleted draft {n} and its list",
        "round opened": "opened the round",
        "end moved": "moved the end to {to}",
        "round closed": "closed the round",
        "results shared": "shared the results",
        "people added": "put {people} on the list{while}",
        "person changed": "changed what the list says of {participant}{new_link}",
        "new link made": "made a new link for {participant}",
        "person removed": "took {participant} off the list",
        "invitations queued": "sent {mails} with the invitation",
        "reminders queued": "sent {mails} as a reminder",
        "new link queued": "sent a new link by mail",
        "failed mail queued again": "sent {mails} again that had failed",
        "mail text changed": "changed the words of the mail “{template}”",
        "mail text reset": "put back the first words of the mail “{template}”",
        "mail marked as come back": "noted that mail to {participant} came back",
        "mail marked as arrived": "noted that mail to {participant} arrives again",
        "reminder scheduled": "set a reminder for {send_at}",
        "scheduled reminder removed": "removed the reminder set for {send_at}",
        "tickets made": "made {number} for {audience}",
        "unused tickets deleted": "deleted {number} of {audience} that nobody had used",
        "join code made": "let {people} in a room join by a code",
        "people in the room corrected": "counted {people} in the room, not {before}",
        "join code ended": "ended a join code",
        "comment released": "released {comments}",
        "comment held back": "held {comments} back",
        "release taken back": "took the release of {comments} back",
        "comment redacted": "took words out of {comments}",
    }
)
# Told once for all of a day, with their number: who was quick with which text is nobody's business.
COUNTED: Final = frozenset(
    {"comment released", "comment held back", "release taken back", "comment redacted"}
)


@dataclass(frozen=True)
class Line:
    """One sentence of the trail. `round_number` is None where the event is about no round."""

    at: datetime
    actor: str
    words: str
    round_id: int | None
    round_number: int | None


class _Words(dict[str, str]):
    """Detail that an older event did not store leaves a gap and no error."""

    def __missing__(self, key: str) -> str:
        return "…"


def tell(events: Iterable[AuditEvent], round_numbers: Mapping[int, int]) -> list[Line]:
    """Sentences for events in their order; two queries for all the names."""
    runs = _fold(list(events))
    names = _read_names(event for event, _ in runs)
    return [
        Line(
            at=event.at,
            actor=str(event.actor) if event.actor else THE_CLOCK,
            words=_say(event, times, names),
            round_id=event.round_id if event.round_id in round_numbers else None,
            round_number=round_numbers.get(event.round_id or 0),
        )
        for event, times in runs
    ]


def _fold(events: list[AuditEvent]) -> list[tuple[AuditEvent, int]]:
    """Each event with how many times in a row the same person did it that day."""
    runs: list[tuple[AuditEvent, int]] = []
    for event in events:
        if runs and event.action in COUNTED and _key(runs[-1][0]) == _key(event):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((event, 1))
    return runs


def _key(event: AuditEvent) -> tuple[Any, ...]:
    return event.action, event.actor_id, event.round_id, timezone.localtime(event.at).date()


def _say(event: AuditEvent, times: int, names: Mapping[str, str]) -> str:
    words = _Words(comments=count_words(times, "comment", "comments"))
    for key, value in event.detail.items():
        words[key] = READ[key](value) if key in READ else names.get(f"{key} {value}", str(value))
    if "participant" in words and f"participant {event.detail['participant']}" not in names:
        words["participant"] = NO_LONGER_LISTED
    return SENTENCES.get(event.action, event.action).format_map(words)


def _read_names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """By “participant <id>” and “user <id>”."""
    details = [event.detail for event in events]
    people = Participant.objects.filter(pk__in=_collect(details, "participant"))
    users = User.objects.filter(pk__in=_collect(details, "user"))
    names = {f"participant {pk}": name for pk, name in people.values_list("pk", "name")}
    return names | {f"user {user.pk}": str(user) for user in users}


def _collect(details: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    return [detail[key] for detail in details if key in detail]


def _say_moment(text: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(text)):%-d %B %Y, %H:%M}"


def _say_audience(audience: str) -> str:
    return "people outside the leadership" if audience == "outside" else "leaders"


READ: Final[Mapping[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "people": lambda number: count_words(number, "person", "people"),
        "mails": lambda number: count_words(number, "message", "messages"),
        "number": lambda number: count_words(number, "printed slip", "printed slips"),
        "while": lambda state: " while it was open" if state == "open" else "",
        "new_link": lambda made: "; their old link no longer works" if made else "",
        "to": _say_moment,
        "send_at": _say_moment,
        "audience": _say_audience,
        "role": lambda role: dict(Facilitation.Role.choices).get(role, role),
        "template": lambda code: dict(OutgoingMail.Template.choices).get(code, code),
    }
)
