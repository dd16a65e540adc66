"""Making a message: words with their placeholders filled in, as plain text and as HTML.

Values go in once: a name that looks like a placeholder stays as it is.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from assessments.models.rounds import Audience, Participant, Round
from assessments.services.default_mail_texts import Words
from assessments.services.links import address_of
from assessments.services.mail_texts import LINK, PLACEHOLDER

SAMPLE_NAME = "Alex Sample"
SAMPLE_TOKEN = "only-a-sample-that-opens-nothing"

Values = dict[str, str]


@dataclass(frozen=True)
class Paragraph:
    """`is_link`: nothing but the personal link, so that HTML shows it as a button."""

    text: str
    html: SafeString
    is_link: bool


@dataclass(frozen=True)
class Message:
    subject: str
    paragraphs: list[Paragraph]
    link: str
    round: Round
    is_outside: bool

    @property
    def body(self) -> str:
        return render_to_string("mail/message.txt", {"message": self, "round": self.round})

    @property
    def html(self) -> str:
        return render_to_string("mail/message.html", {"message": self, "round": self.round})


def make_message(round_: Round, audience: str, words: Words, values: Values) -> Message:
    return Message(
        subject=" ".join(_fill(words.subject, values).split()),
        paragraphs=_make_paragraphs(words.text, values),
        link=values[LINK],
        round=round_,
        is_outside=audience == Audience.OUTSIDE,
    )


def make_sample(round_: Round, audience: str, words: Words) -> Message:
    """The message as an invented person would get it, with a link that opens nothing."""
    link = address_of(SAMPLE_TOKEN)
    values = list_values(round_, audience, name=SAMPLE_NAME, link=link)
    return make_message(round_, audience, words, values)


def make_email(message: Message, address: str) -> EmailMultiAlternatives:
    """Replies reach whoever runs the round. Nothing tells whether it was opened or clicked."""
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[address],
        reply_to=[message.round.created_by.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(message.html, "text/html")
    # Providers that django-anymail knows would else rewrite links to count clicks.
    for option in ("track_opens", "track_clicks"):
        setattr(email, option, False)
    return email


def list_values(round_: Round, audience: str, *, name: str, link: str, added: int = 0) -> Values:
    """What each placeholder stands for in a message to this person."""
    minutes, *more = _list_minutes(round_, audience)
    return {
        "name": name,
        "partnership": round_.partnership.name,
        "asker": str(round_.created_by),
        LINK: link,
        "ends": _say_moment(round_.ends_at),
        "minutes": _count(minutes, "minute", "minutes"),
        "purpose": round_.purpose.strip(),
        "other_parts": _say_other_parts(sum(more)),
        "added": _say_added(added, audience),
    }


def values_of(person: Participant, link: str, added: int) -> Values:
    return list_values(person.round, person.audience, name=person.name, link=link, added=added)


def _make_paragraphs(text: str, values: Values) -> list[Paragraph]:
    """Paragraphs of which nothing is left, such as an unwritten purpose, are dropped."""
    pieces = re.split(r"\n[^\S\n]*\n\s*", text.replace("\r\n", "\n").strip())
    made = [_make_paragraph(piece.strip(), values) for piece in pieces]
    return [paragraph for paragraph in made if paragraph.text]


def _make_paragraph(piece: str, values: Values) -> Paragraph:
    parts = PLACEHOLDER.split(piece)
    html = "".join(
        _show(part, values) if place % 2 else escape(part) for place, part in enumerate(parts)
    )
    return Paragraph(
        text=_squeeze(_fill(piece, values)),
        html=mark_safe(_squeeze(html).replace("\n", "<br>\n")),
        is_link=piece == f"{{{LINK}}}",
    )


def _show(name: str, values: Values) -> str:
    if name == LINK:
        return format_html('<a href="{0}">{0}</a>', values[LINK])
    return escape(values[name].replace("\r\n", "\n"))


def _fill(text: str, values: Values) -> str:
    return PLACEHOLDER.sub(lambda match: values[match[1]].replace("\r\n", "\n"), text)


def _squeeze(text: str) -> str:
    """No run of blanks where a placeholder stood for nothing."""
    return re.sub(r"[^\S\n]{2,}", " ", text).strip()


def _list_minutes(round_: Round, audience: str) -> list[int]:
    """How long each part takes that these people are asked, the first one first."""
    asked = round_.instruments.filter(audience=audience).order_by("order")
    return list(asked.values_list("edition__minutes_typical", flat=True)) or [0]


def _say_moment(moment: datetime) -> str:
    local = localtime(moment)
    return f"{date_format(local, 'l j F Y')} at {date_format(local, 'H:i')}"


def _say_other_parts(minutes: int) -> str:
    if not minutes:
        return ""
    length = _count(minutes, "minute", "minutes")
    return (
        f"Other parts, about {length} together, can follow later by the same link, or not at all."
    )


def _say_added(added: int, audience: str) -> str:
    if audience == Audience.OUTSIDE:
        return _count(added, "more person was", "more people were")
    return _count(added, "person has", "people have")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
