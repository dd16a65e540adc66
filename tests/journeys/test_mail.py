"""Own words, a test, invitations and what goes wrong: a real browser and a real mail server."""

import re

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from assessments.facilitators.views import mails
from assessments.services.links import list_links
from tests.factories import owner_of
from tests.journeys.devices import Devices, press
from tests.mail_server import receiving

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = """Dear {name},

{asker} & all of us in {partnership} <would> like to hear from you before {ends}.

{link}

It takes {minutes}."""


@pytest.fixture
def server(settings):
    with receiving() as server:
        server.give_to(settings)
        yield server


@pytest.fixture
def devices(browser, live_server, settings):
    settings.BASE_URL = live_server.url
    devices = Devices(browser, "desktop", live_server.url)
    yield devices
    for context in devices.contexts:
        context.close()


def open_signed_in(devices, client, round_) -> Page:
    client.force_login(owner_of(round_.partnership))
    page = devices.open()
    name = django_settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": devices.base_url}
    page.context.add_cookies([cookie])
    page.goto(f"/partnerships/{round_.partnership_id}/rounds/{round_.pk}/mail/")
    return page


def test_from_own_words_to_the_promise_page(round_, devices, client, server, monkeypatch):
    monkeypatch.setattr(mails, "AT_ONCE", 2)
    page = open_signed_in(devices, client, round_)
    devices.look_at_both_sizes(page, "E-mail")

    write_own_words(page, devices)
    (test,) = server.received
    assert test["Subject"] == "Test: How do we lead, Alex Sample?"
    assert test["To"] == owner_of(round_.partnership).email
    server.received.clear()

    wrong, back, *_ = round_.participants.order_by("name")
    server.refusals = {wrong.email: "550 No such user"}
    invite_everybody(page, devices)
    check_messages(server.received, round_, without=wrong)

    put_right_what_failed(page, devices, server, wrong, back)
    remind_with_a_date(page)
    open_the_link(devices, server.received[0], round_)


def write_own_words(page: Page, devices: Devices) -> None:
    page.get_by_role("link", name="Read and change the text of: Invitation").click()
    devices.look_at_both_sizes(page, "Invitation")
    page.get_by_label("Subject").fill("How do we lead, {nmae}?")
    page.get_by_role("textbox", name="Text").fill(OWN)
    press(page, "Save the text")
    expect(page.locator("#error-summary")).to_contain_text("{nmae} is not known here")
    devices.look(page, "Invitation")

    page.get_by_label("Subject").fill("How do we lead, {name}?")
    press(page, "Preview")
    preview = page.get_by_role("region", name="As a person gets it")
    expect(preview).to_contain_text("Amara Osei & all of us in Northvale Place Partnership <would>")
    expect(preview).to_contain_text("Your answers are confidential.")
    devices.look_at_both_sizes(page, "Invitation")

    press(page, "Send me a test")
    expect(page.get_by_text("A test is on its way")).to_be_visible()
    press(page, "Save the text")
    expect(page.get_by_text("In your own words.")).to_be_visible()


def invite_everybody(page: Page, devices: Devices) -> None:
    press(page, "Send 6 invitations")
    expect(page.get_by_text("6 messages wait to be sent.")).to_be_visible()
    press(page, "Send now")
    # A few a page: the pages go on by themselves.
    expect(page.get_by_text("Nothing more waits to be sent just now.")).to_be_visible()
    expect(page.get_by_text("5 sent, 0 waiting, 1 failed, 0 came back.")).to_be_visible()
    expect(page.get_by_text("refused this address (550)")).to_be_visible()
    devices.look_at_both_sizes(page, "E-mail")


def check_messages(messages, round_, *, without) -> None:
    people = [person for person in round_.participants.all() if person != without]
    links = {person.email: link for person, link in list_links(round_, people).items()}
    assert sorted(message["To"] for message in messages) == sorted(links)
    for message in messages:
        link = links[message["To"]]
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        assert message["Reply-To"] == owner_of(round_.partnership).email
        assert message["From"] == django_settings.DEFAULT_FROM_EMAIL
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Subject"].startswith("How do we lead, Leader ")
        assert "Northvale Place Partnership <would> like" in text
        assert "&amp; all of us in Northvale Place Partnership &lt;would&gt;" in html
        assert "Your answers are confidential." in text
        # Nothing tells whether it was opened or clicked: one address, no picture.
        assert set(re.findall(r"https?://[^\s\"'<>]+", text + html)) == {link}
        assert not re.search(r"<img|<link|<script|url\(", html)


def put_right_what_failed(page, devices, server, wrong, back) -> None:
    server.refusals = {}
    press(page, "Try again")
    press(page, "Send now")
    expect(page.get_by_text("6 sent, 0 waiting, 0 failed, 0 came back.")).to_be_visible()
    assert server.addresses[-1] == wrong.email
    assert len(set(server.addresses)) == len(server.addresses) == 6

    press(page, f"It came back from {back.name}")
    expect(page.get_by_text("Nothing more is sent to")).to_be_visible()
    expect(page.get_by_role("button", name="Remind 5 people")).to_be_visible()
    devices.look_at_both_sizes(page, "E-mail")


def remind_with_a_date(page: Page) -> None:
    press(page, "Add the reminder")
    expect(page.get_by_text("The reminder will go out by itself.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Take away"))).to_be_visible()


def open_the_link(devices, message, round_) -> None:
    html = message.get_body(("html",)).get_content()
    leader = devices.open()
    leader.goto(re.search(r'href="([^"]+)"', html)[1])

    expect(leader.get_by_role("heading", level=1)).to_have_text("How well do we lead together?")
    expect(leader.get_by_text("Northvale Place Partnership").first).to_be_visible()
