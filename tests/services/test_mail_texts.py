"""A round's own words: checked before saving and sending, filled in once, escaped in HTML."""

import pytest
from django.core import mail

from assessments.models.mail import MailText, OutgoingMail
from assessments.models.users import AuditEvent
from assessments.services.default_mail_texts import DEFAULTS, Words
from assessments.services.invitations import queue_invitations, queue_reminders
from assessments.services.mail_messages import list_values, make_message, make_sample
from assessments.services.mail_texts import (
    EDITABLE,
    list_faults,
    read_words,
    reset_mail_text,
    save_mail_text,
)
from assessments.services.outbox import send_due_mail
from assessments.services.refusals import Refused
from tests.factories import make_closed_round, make_open_round, make_round, owner_of

OWN = Words("Hello from {partnership}", "Hi {name},\n\nhere: {link}\n\n{purpose}\n\n{link}")


@pytest.fixture(autouse=True)
def server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def round_(content):
    return make_open_round(people=2)


def act(round_, now):
    return {"round_": round_, "actor": owner_of(round_.partnership), "now": now}


def save(round_, now, words=OWN, **fields):
    kind = {"template": "invitation", "audience": "leaders", **fields}
    kind.setdefault("was", read_words(round_, kind["template"], kind["audience"]))
    save_mail_text(words=words, **kind, **act(round_, now))


def test_the_usual_words_have_no_fault_and_leave_no_placeholder(round_):
    for (template, audience), words in DEFAULTS.items():
        message = make_sample(round_, audience, words)

        assert not set("{}") & set(message.subject + message.body + message.html)
        if template in EDITABLE:
            assert list_faults(words, audience) == []


@pytest.mark.parametrize(
    ("subject", "text", "fault"),
    [
        ("A", "Dear {nmae}, {link}", "{nmae} is not known here. There are {name}, "),
        ("A", "Dear {name}", "Put {link} where"),
        ("A", "Dear {name, {link}", "A brace stands alone."),
        ("A", "Dear name}, {link}", "A brace stands alone."),
        ("A", "{{name}} {link}", "A brace stands alone."),
        ("A", "Dear {}, {link}", "{} is not known here."),
        ("A", "{added} {link}", "{added} is not known here."),
        ("A", "{link}" + "x" * 3995, "This has 4,001 characters. It can have 4,000."),
        ("x" * 151, "{link}", "This has 151 characters. It can have 150."),
        (" ", "{link}", "A message needs a subject."),
        ("Open {link}", "{link}", "Put {link} into the text"),
        ("{purpose}", "{link}", "{purpose} is not known here."),
    ],
)
def test_faulty_words_are_refused_and_nothing_is_kept(round_, now, subject, text, fault):
    with pytest.raises(Refused) as refused:
        save(round_, now, Words(subject, text))

    assert str(refused.value).startswith(fault)
    assert not MailText.objects.exists()


def test_people_outside_are_never_told_the_purpose_which_leaders_are_told(round_, now):
    with pytest.raises(Refused, match=r"\{purpose\} is not known"):
        save(round_, now, audience="outside")


def test_own_words_are_sent_with_the_promise_that_nobody_can_edit(round_, now):
    save(round_, now)
    queue_invitations(**act(round_, now))

    assert send_due_mail(now=now) == 2

    for message in mail.outbox:
        html = message.alternatives[0].content
        assert message.subject == f"Hello from {round_.partnership}"
        assert message.body.startswith("Hi Leader ")
        assert "Your answers are confidential." in message.body
        assert "Your answers are confidential." in html
        assert "It closes on" in message.body
        assert round_.purpose in message.body
        assert html.count(">Open your personal link</a>") == 1
        assert (message.track_opens, message.track_clicks) == (False, False)


def test_what_stands_in_a_name_or_a_purpose_is_never_a_placeholder_or_markup(round_):
    round_.purpose = "<script>{link}</script>\n\n{name} & {nobody}"
    values = list_values(round_, "leaders", name="{link} <b>Bo</b>", link="https://x/a/1?a&b")

    message = make_message(
        round_, "leaders", Words("{name}", "{name}\n{link}\n\n{purpose}"), values
    )

    assert message.subject == "{link} <b>Bo</b>"
    assert message.body.startswith("{link} <b>Bo</b>\nhttps://x/a/1?a&b\n\n<script>{link}</script>")
    assert message.paragraphs[0].html == (
        "{link} &lt;b&gt;Bo&lt;/b&gt;<br>\n"
        '<a href="https://x/a/1?a&amp;b">https://x/a/1?a&amp;b</a>'
    )
    assert "<script" not in message.html
    assert "<b>" not in message.html


def test_paragraphs_of_which_nothing_is_left_are_dropped(round_):
    round_.purpose = ""
    values = list_values(round_, "leaders", name="Bo", link="L")
    words = Words("S", "One {other_parts} two.\r\n \r\n{purpose}\n\n\n\nThree.\n")

    message = make_message(round_, "leaders", words, values)

    assert [paragraph.text for paragraph in message.paragraphs] == ["One two.", "Three."]


def test_words_that_became_faulty_are_neither_queued_nor_sent(round_, now):
    queue_invitations(**act(round_, now))
    MailText.objects.create(round=round_, template="invitation", subject="S", text="{old}")
    MailText.objects.create(round=round_, template="reminder", subject="S", text="{old}")

    assert send_due_mail(now=now) == 0

    assert mail.outbox == []
    failures = OutgoingMail.objects.values_list("status", "failure")
    assert list(failures) == [("failed", "Its text has to be put right first.")] * 2
    with pytest.raises(Refused, match="text of the reminder has to be put right first"):
        queue_reminders(**act(round_, now))


def test_the_second_of_two_who_save_is_told(round_, now):
    was = read_words(round_, "invitation", "leaders")
    save(round_, now)

    with pytest.raises(Refused, match="Somebody saved this text a moment ago"):
        save(round_, now, Words("Mine", "{link}"), was=was)

    assert read_words(round_, "invitation", "leaders") == OWN


def test_reset_brings_the_usual_words_back(round_, now):
    save(round_, now)

    assert reset_mail_text(template="invitation", audience="leaders", **act(round_, now))
    assert not reset_mail_text(template="invitation", audience="leaders", **act(round_, now))

    assert read_words(round_, "invitation", "leaders") == DEFAULTS["invitation", "leaders"]
    actions = list(AuditEvent.objects.values_list("action", flat=True)[:2])
    assert actions == ["mail text reset", "mail text changed"]


def test_words_are_edited_in_a_draft_and_never_after_the_close(content, now):
    save(make_round(), now)

    with pytest.raises(Refused, match="has closed"):
        save(make_closed_round(), now)


def test_the_news_that_people_were_added_keeps_our_words(round_, now):
    with pytest.raises(Refused, match="the same for everybody"):
        save(round_, now, template="people_added")
