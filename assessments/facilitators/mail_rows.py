"""What the page of a round's mail shows: how each message fares, and which texts there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.models.mail import OutgoingMail
from assessments.models.rounds import Audience, Participant, Round
from assessments.services.mail_texts import EDITABLE
from assessments.services.outbox import list_due
from assessments.services.round_set_up import asks_audience

Status, Template = OutgoingMail.Status, OutgoingMail.Template

# A worker looks every half minute, so what is due for longer has none.
WORKER_IS_LATE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class MailRow:
    """The latest message to one person."""

    person: Participant
    message: str
    status: str
    state: str
    failure: str
    tried_again_at: datetime | None

    @property
    def may_have_come_back(self) -> bool:
        return self.status in (Status.SENT, Status.FAILED)

    @property
    def came_back(self) -> bool:
        return self.person.has_bounced


@dataclass(frozen=True)
class Fares:
    """How many people's latest messages stand where, and what waits to be sent now."""

    sent: int
    waiting: int
    failed: int
    came_back: int
    due: int
    is_worker_late: bool

    @property
    def all(self) -> int:
        return self.sent + self.waiting + self.failed + self.came_back


@dataclass(frozen=True)
class TextRow:
    template: str
    audience: str
    name: str
    is_own: bool


def list_mail_rows(round_: Round) -> list[MailRow]:
    """Those who were written to, what needs a hand first; two queries.

    News of people added goes to those who have begun, so it is not shown.
    """
    mails = OutgoingMail.objects.filter(participant__round=round_).exclude(
        template=Template.PEOPLE_ADDED
    )
    latest = {mail.participant_id: mail for mail in mails.order_by("id")}
    people = round_.participants.filter(pk__in=list(latest))
    rows = [_make_row(person, latest[person.pk]) for person in people]
    return sorted(rows, key=lambda row: (not row.came_back, row.status != Status.FAILED))


def count_fares(round_: Round, rows: list[MailRow], now: datetime) -> Fares:
    due = list_due(now, round_)
    late = due.filter(next_try_at__lte=now - WORKER_IS_LATE_AFTER)
    states = [row.status for row in rows]
    return Fares(
        sent=states.count(Status.SENT),
        waiting=states.count(Status.QUEUED) + states.count(Status.SENDING),
        failed=states.count(Status.FAILED),
        came_back=states.count(Status.BOUNCED),
        due=due.exclude(template=Template.PEOPLE_ADDED).count(),
        is_worker_late=late.exclude(template=Template.PEOPLE_ADDED).exists(),
    )


def list_text_rows(round_: Round) -> list[TextRow]:
    """Two texts of each kind where people outside are asked too."""
    own = set(round_.mail_texts.values_list("template", "audience"))
    asks_outside = asks_audience(round_, Audience.OUTSIDE)
    audiences = [Audience.LEADERS, Audience.OUTSIDE] if asks_outside else [Audience.LEADERS]
    return [
        TextRow(template, audience, name_text(template, audience), (template, audience) in own)
        for audience in audiences
        for template in EDITABLE
    ]


def name_text(template: str, audience: str) -> str:
    words = Template(template).label
    return f"{words}, people outside" if audience == Audience.OUTSIDE else words


def _make_row(person: Participant, mail: OutgoingMail) -> MailRow:
    waits = mail.status == Status.QUEUED and mail.attempts > 0
    return MailRow(
        person=person,
        message=mail.get_template_display(),
        status=mail.status,
        state=mail.get_status_display(),
        failure=mail.failure,
        tried_again_at=mail.next_try_at if waits else None,
    )
