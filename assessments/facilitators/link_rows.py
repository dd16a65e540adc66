"""The links page's rows: each person's link and how their last mail fared."""

from dataclasses import dataclass

from assessments.facilitators.progress import BY_ORGANISATION
from assessments.models.mail import OutgoingMail
from assessments.models.rounds import Participant, Round
from assessments.services.links import list_links
from assessments.spreadsheets import to_cell

Status = OutgoingMail.Status


@dataclass(frozen=True)
class LinkRow:
    """`mail` is the status of the person's latest message; blank when none was queued."""

    person: Participant
    link: str
    mail: str
    mail_words: str

    @property
    def is_waiting(self) -> bool:
        return self.mail in (Status.QUEUED, Status.SENDING)


def list_link_rows(round_: Round) -> list[LinkRow]:
    """Everybody on the list of an open round; a fixed number of queries.

    News of people added goes to those who have begun, so it is not shown:
    it would still tell of what somebody has withdrawn since.
    """
    people = list(round_.participants.select_related("organisation").order_by(*BY_ORGANISATION))
    links = list_links(round_, people)
    latest = {
        mail.participant_id: mail
        for mail in OutgoingMail.objects.filter(participant__round=round_)
        .exclude(template=OutgoingMail.Template.PEOPLE_ADDED)
        .order_by("id")
    }
    return [_make_row(person, links[person], latest.get(person.pk)) for person in people]


def to_lines(rows: list[LinkRow]) -> str:
    """Name, address and link between tabs, one person a line: fits a mail merge."""
    return "\n".join(
        "\t".join([_plain(row.person.name), _plain(row.person.email), row.link]) for row in rows
    )


def _plain(text: str) -> str:
    return to_cell(" ".join(text.split()))


def _make_row(person: Participant, link: str, mail: OutgoingMail | None) -> LinkRow:
    if mail is None:
        return LinkRow(person=person, link=link, mail="", mail_words="")
    words = f"{mail.get_template_display()}: {mail.get_status_display().lower()}"
    if mail.failure:
        words = f"{words}. {mail.failure}"
    return LinkRow(person=person, link=link, mail=mail.status, mail_words=words)
