"""The words of every message, for whoever has no better ones. Placeholders stand in braces."""

from dataclasses import dataclass

from assessments.models.mail import OutgoingMail
from assessments.models.rounds import Audience

Template = OutgoingMail.Template


@dataclass(frozen=True)
class Words:
    """Subject and text of one message; a blank line parts paragraphs."""

    subject: str
    text: str


INVITATION = Words(
    "{partnership}: how do we lead together?",
    """Dear {name},

{asker} asks you and the other leaders of {partnership} how well you lead together.

{purpose}

It takes about {minutes}, on a phone or a computer. {other_parts} You can stop and go on later.

This is your personal link:

{link}""",
)

OUTSIDE_INVITATION = Words(
    "{partnership}: how does it look from where you stand?",
    """Dear {name},

{asker} asks for your view. How well do the services of {partnership} work together, as you see \
it? You are asked because you see it from outside: as somebody who uses services, as a carer, as \
a member of staff, or as somebody who speaks for others.

It is a short form in plain words. It takes about {minutes}, on a phone or a computer. You can \
stop and go on later. If you cannot tell, you can say so: that helps too.

This is your personal link:

{link}""",
)

REMINDER = Words(
    "{partnership}: your view is still missing",
    """Dear {name},

The check of how the leaders of {partnership} lead together is still open, and you have not yet \
submitted your answers. Answers that were begun and not submitted do not count, and are deleted \
when it closes.

It takes about {minutes}.

This is your personal link:

{link}""",
)

OUTSIDE_REMINDER = Words(
    "{partnership}: we would still like your view",
    """Dear {name},

{asker} asked how well the services of {partnership} work together, as you see it. You have not \
yet sent your answers, and the form is still open. Answers that were begun and not sent do not \
count, and are deleted when it closes.

It takes about {minutes}. You decide whether to answer.

This is your personal link:

{link}""",
)

NEW_LINK = Words(
    "{partnership}: your new personal link",
    """Dear {name},

You have a new personal link for the check of how the leaders of {partnership} lead together. \
Links that you got before no longer work.

{link}

If you had begun and not submitted, those answers were deleted with the old link. If you had \
submitted, they are kept: enter your return code to see or change them.""",
)

OUTSIDE_NEW_LINK = Words(
    "{partnership}: your new personal link",
    """Dear {name},

You have a new personal link to the form about how well the services of {partnership} work \
together. Links that you got before no longer work.

{link}

If you had begun and not sent your answers, they were deleted with the old link. If you had sent \
them, they are kept: type in your return code to see or change them.""",
)

PEOPLE_ADDED = Words(
    "{partnership}: the list of people has changed",
    """Dear {name},

Since the check of how the leaders of {partnership} lead together opened, {added} been put on \
its list.

Your page gives the names, and says who is counted in the same groups as you. You do not have to \
do anything. If it changes what you want to say, you can change your answers until the check \
closes.

This is your personal link:

{link}""",
)

OUTSIDE_PEOPLE_ADDED = Words(
    "{partnership}: more people are asked",
    """Dear {name},

Since the form about {partnership} opened, {added} asked for their view. Your page says so too.

You do not have to do anything, and your answers stay as they are. If it changes what you want to \
say, you can change your answers until the form closes.

This is your personal link:

{link}""",
)

DEFAULTS: dict[tuple[str, str], Words] = {
    (Template.INVITATION, Audience.LEADERS): INVITATION,
    (Template.INVITATION, Audience.OUTSIDE): OUTSIDE_INVITATION,
    (Template.REMINDER, Audience.LEADERS): REMINDER,
    (Template.REMINDER, Audience.OUTSIDE): OUTSIDE_REMINDER,
    (Template.NEW_LINK, Audience.LEADERS): NEW_LINK,
    (Template.NEW_LINK, Audience.OUTSIDE): OUTSIDE_NEW_LINK,
    (Template.PEOPLE_ADDED, Audience.LEADERS): PEOPLE_ADDED,
    (Template.PEOPLE_ADDED, Audience.OUTSIDE): OUTSIDE_PEOPLE_ADDED,
}
