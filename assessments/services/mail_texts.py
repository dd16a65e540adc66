"""A round's own words for its messages: checked before they are saved and before they are sent.

What follows them (the promise, the closing date, who answers questions) is
the same for everybody and cannot be edited.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from assessments.models.mail import MailText, OutgoingMail
from assessments.models.rounds import Audience, Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.default_mail_texts import DEFAULTS, Words
from assessments.services.locking import lock_round
from assessments.services.refusals import Refused

Template = OutgoingMail.Template

# News of people added is part of the promise, so its words are ours.
EDITABLE = (Template.INVITATION, Template.REMINDER, Template.NEW_LINK)
MOST_OF_SUBJECT = 150
MOST_OF_TEXT = 4000
LINK = "link"
MEANINGS = {
    "name": "the person's name",
    "partnership": "the name of the partnership",
    "asker": "who runs this round",
    "link": "the person's own link",
    "ends": "the day and time when the round closes",
    "minutes": "how long the first part takes, such as “6 minutes”",
    "purpose": "why you ask, as you wrote it for this round",
    "other_parts": "a sentence about further parts, where there are any",
}
ONLY_FOR_LEADERS = {"purpose", "other_parts"}
NOT_IN_SUBJECT = {"link", "purpose", "other_parts"}
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


def list_meanings(audience: str) -> dict[str, str]:
    """Each placeholder that the texts for these people may have, and what it stands for."""
    left_out = ONLY_FOR_LEADERS if audience == Audience.OUTSIDE else set()
    return {name: words for name, words in MEANINGS.items() if name not in left_out}


def list_faults_of_subject(subject: str, audience: str) -> list[str]:
    known = [name for name in list_meanings(audience) if name not in NOT_IN_SUBJECT]
    faults = _list_faults(subject, known, MOST_OF_SUBJECT)
    if not subject.strip():
        faults.append("A message needs a subject.")
    if f"{{{LINK}}}" in subject:
        return ["Put {link} into the text: subjects are kept in the logs of mail servers."]
    return faults


def list_faults_of_text(text: str, audience: str) -> list[str]:
    faults = _list_faults(text, list(list_meanings(audience)), MOST_OF_TEXT)
    if f"{{{LINK}}}" not in text:
        faults.append(
            "Put {link} where the person's own link is to stand: without it nobody can answer."
        )
    return faults


def list_faults(words: Words, audience: str) -> list[str]:
    """What keeps these words from being sent; nothing for words that are right."""
    return [
        *list_faults_of_subject(words.subject, audience),
        *list_faults_of_text(words.text, audience),
    ]


def read_own_words(round_: Round, template: str, audience: str) -> Words | None:
    """None where the round has no words of its own for this message."""
    stored = round_.mail_texts.filter(template=template, audience=audience)
    values = stored.values_list("subject", "text").first()
    return Words(*values) if values else None


def read_words(round_: Round, template: str, audience: str) -> Words:
    """The round's own words, or else the usual ones."""
    return read_own_words(round_, template, audience) or DEFAULTS[template, audience]


def check_texts(round_: Round, template: str, audiences: Iterable[str]) -> None:
    """Before anything is queued: Refused where the words that would go out are faulty."""
    for audience in sorted(set(audiences)):
        own = read_own_words(round_, template, audience)
        faults = list_faults(own, audience) if own else []
        if faults:
            label = Template(template).label.lower()
            raise Refused(f"The text of the {label} has to be put right first. {faults[0]}")


@transaction.atomic
def save_mail_text(
    *,
    round_: Round,
    template: str,
    audience: str,
    words: Words,
    was: Words,
    actor: User,
    now: datetime,
) -> None:
    """Keeps the round's own words; `was` are those that the person had before them.

    Refused for faulty words, and where somebody saved others meanwhile.
    """
    round_ = _lock_unclosed(round_, template)
    faults = list_faults(words, audience)
    if faults:
        raise Refused(faults[0])
    if read_words(round_, template, audience) != was:
        raise Refused("Somebody saved this text a moment ago. Save again to put yours in place.")
    MailText.objects.update_or_create(
        round=round_,
        template=template,
        audience=audience,
        defaults={"subject": words.subject, "text": words.text},
    )
    detail = {"template": template, "audience": audience}
    record_event(actor=actor, action="mail text changed", now=now, round_=round_, detail=detail)


@transaction.atomic
def reset_mail_text(
    *, round_: Round, template: str, audience: str, actor: User, now: datetime
) -> bool:
    """Back to the usual words; False when the round has none of its own."""
    round_ = _lock_unclosed(round_, template)
    deleted, _ = round_.mail_texts.filter(template=template, audience=audience).delete()
    if deleted:
        detail = {"template": template, "audience": audience}
        record_event(actor=actor, action="mail text reset", now=now, round_=round_, detail=detail)
    return bool(deleted)


def _lock_unclosed(round_: Round, template: str) -> Round:
    if template not in EDITABLE:
        raise Refused("The words of this message are the same for everybody.")
    round_ = lock_round(round_.pk)
    if round_.is_closed:
        raise Refused("This round has closed, so no more mail goes out.")
    return round_


def _list_faults(text: str, known: list[str], most: int) -> list[str]:
    faults = []
    if len(text) > most:
        faults.append(f"This has {len(text):,} characters. It can have {most:,}.")
    allowed = ", ".join(f"{{{name}}}" for name in known)
    unknown = dict.fromkeys(name for name in PLACEHOLDER.findall(text) if name not in known)
    faults += [f"{{{name}}} is not known here. There are {allowed}." for name in unknown]
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        faults.append(
            "A brace stands alone. Write a placeholder as {name}, with a brace on each side."
        )
    return faults
