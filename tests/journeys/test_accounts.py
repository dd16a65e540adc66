"""From an invitation by mail to signing in with a passkey, in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from assessments.models.partnerships import Programme
from tests.factories import make_partnership, make_user
from tests.journeys.devices import Devices
from tests.mail_server import MailServer, receiving
from tests.public.browser import sign_in_as
from tests.public.codes import code_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    **{"protocol": "ctap2", "transport": "internal"},
    **{"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True},
}


@pytest.fixture(autouse=True)
def post(settings):
    """A real mail server on loopback."""
    cache.clear()
    with receiving() as server:
        server.give_to(settings)
        yield server


@pytest.fixture
def team(devices: Devices):
    """A partnership with a programme that it could join, and its owner signed in."""
    owner = make_user("Amara Osei")
    Programme.objects.create(name="Winter together")
    partnership = make_partnership(owner, "Northvale Place Partnership")
    page = devices.open()
    sign_in_as(page, devices.base_url, owner)
    page.goto(f"/partnerships/{partnership.pk}/")
    page.get_by_role("link", name="Invite people, change roles").click()
    return page


def give_key(page: Page) -> None:
    """A device that can hold passkeys and whose owner has just shown a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def find_in_mail(post: MailServer, pattern: str) -> str:
    text = post.received[-1].get_body(("plain",)).get_content()
    return re.search(pattern, text, re.MULTILINE)[0]


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("navigation").get_by_role("link", name="Sign in")).to_be_visible()


def test_invited_person_comes_in_and_signs_in_with_a_passkey(team, devices, post):
    devices.look(team, "The team of Northvale Place Partnership")
    team.get_by_label("E-mail address").fill("jo@example.org")
    team.get_by_role("button", name="Send the invitation").click()
    expect(team.get_by_text("The invitation to jo@example.org is sent.")).to_be_visible()
    devices.look(team, "The team of Northvale Place Partnership")

    page = devices.open()
    give_key(page)
    page.goto(urlsplit(find_in_mail(post, r"http\S+/invited/\S+")).path)
    devices.look(page, "You are invited")
    page.get_by_label("Your name").fill("Jo Field")
    page.get_by_label("A password").fill("three-words-together")
    page.get_by_label("The password once more").fill("three-words-together")
    page.get_by_role("button", name="Accept and make the account").click()
    expect(page.get_by_text("Welcome to the team of Northvale Place Partnership.")).to_be_visible()

    page.get_by_role("link", name="Jo Field").click()
    devices.look(page, "Your account")
    page.get_by_role("link", name="Set up a second factor").click()
    devices.look(page, "Your second factor")
    page.get_by_role("link", name="Add a passkey").click()
    devices.look(page, "Show once more that it is you")
    page.get_by_label("Password").fill("three-words-together")
    page.get_by_role("button", name="Go on").click()
    devices.look(page, "Add a passkey")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add the passkey").click()
    devices.look(page, "Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Your account has a second factor")).to_be_visible()

    sign_out(page)
    page.get_by_role("navigation").get_by_role("link", name="Sign in").click()
    devices.look(page, "Sign in")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your partnerships")
    page.goto("/accounts/2fa/webauthn/")
    devices.look(page, "Your passkeys")


@pytest.mark.parametrize("size", ["phone"])
def test_admin_signs_in_with_a_code_from_mail_and_one_from_the_app(devices, post):
    make_user("Ada Root", "ada@example.org", is_staff=True, is_superuser=True)
    page = devices.open()
    page.goto("/admin/")
    page.get_by_role("link", name="Send me a one-time code").click()
    devices.look(page, "Sign in with a one-time code")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_role("button", name="Send the code").click()
    devices.look(page, "Enter the code")
    page.get_by_label("Code").fill(find_in_mail(post, r"^[A-Z0-9-]{6,}\s*$").strip())
    page.get_by_role("button", name="Sign in").click()
    devices.look(page, "Your second factor")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    devices.look(page, "Your second factor")
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    page.goto("/accounts/2fa/totp/deactivate/")
    page.get_by_label("Password").fill("only-for-tests")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Take it away").click()
    page.goto("/content/")
    expect(page.get_by_text("needs a second factor")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    devices.look(page, "Set up an authenticator app")


@pytest.mark.parametrize("size", ["desktop"])
def test_owner_joins_a_programme_changes_roles_and_is_refused_plainly(team, devices):
    team.get_by_role("link", name="Join Winter together").click()
    devices.look(team, "Join Winter together?")
    team.get_by_role("button", name="Join the programme").click()
    expect(team.get_by_text("has joined Winter together.")).to_be_visible()
    team.get_by_role("link", name="Change the role of Amara Osei").click()
    devices.look(team, "The role of Amara Osei")
    team.get_by_label("Viewer: sees results once they are shared").check()
    team.get_by_role("button", name="Save").click()
    expect(team.get_by_role("alert")).to_contain_text("only owner")
    devices.look(team, "The role of Amara Osei")

    lead = make_user("Lee Lead")
    Programme.objects.get().leads.add(lead)
    page = devices.open()
    sign_in_as(page, devices.base_url, lead)
    page.goto("/accounts/")
    page.get_by_role("link", name="Winter together").click()
    devices.look(page, "Winter together")
