"""Signing in and out; nobody signs up by themselves."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from assessments.models.partnerships import Programme
from assessments.models.users import User
from tests.factories import make_partnership, make_user
from tests.public.codes import code_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def sign_in(client, email, password="only-for-tests"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_sign_in_with_address_and_password(client):
    user = make_user(email="jo@example.org")

    response = sign_in(client, "Jo@Example.org")

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_each_begins_at_what_they_do(client):
    lead, both, editor = make_user(), make_user(is_staff=True), make_user(is_staff=True)
    make_partnership(both)
    Programme.objects.create(name="Winter together").leads.add(lead)
    begins = {lead: "programme_list", both: "partnership_list", editor: "content_list"}

    for user, page in begins.items():
        response = sign_in(client, user.email)
        if user.is_staff:
            response = client.post(reverse("mfa_authenticate"), {"code": code_now()})
        assert response.url == reverse(page)
        client.logout()


def test_wrong_password_is_explained_and_keeps_the_address(client):
    make_user(email="jo@example.org")

    html = sign_in(client, "jo@example.org", "wrong").content.decode()

    assert "error-summary" in html
    assert 'value="jo@example.org"' in html
    assert "_auth_user_id" not in client.session


def test_inactive_account_is_told_so(client):
    make_user(email="jo@example.org", is_active=False)

    response = client.post(
        reverse("account_login"),
        {"login": "jo@example.org", "password": "only-for-tests"},
        follow=True,
    )

    assert "_auth_user_id" not in client.session
    assert response.status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(client, method):
    data = {"email": "x@example.org", "password1": "long-enough-1", "password2": "long-enough-1"}

    response = getattr(client, method)(reverse("account_signup"), data)

    assert "Accounts are by invitation" in response.content.decode()
    assert not User.objects.exists()


def test_sign_out_asks_first(client):
    client.force_login(make_user())

    asked = client.get(reverse("account_logout"))
    assert asked.status_code == 200
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_password_reset_without_mail_says_whom_to_ask(client, settings):
    settings.CAN_SEND_MAIL = False

    html = client.get(reverse("account_reset_password")).content.decode()

    assert "cannot send e-mail" in html
    assert "<form method" not in html.split("<h1>")[1].split("</main>")[0]


def test_password_reset_by_mail(client, settings):
    settings.CAN_SEND_MAIL = True
    user = make_user(email="jo@example.org")

    page = client.post(
        reverse("account_reset_password"), {"email": "jo@example.org"}, follow=True
    ).content.decode()
    assert "Look at your mail" in page
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    assert client.get("/" + link.split("/", 3)[3], follow=True).status_code == 200
    form = client.get("/" + link.split("/", 3)[3]).url
    new = {"password1": "a-new-long-word", "password2": "a-new-long-word"}
    done = client.post(form, new, follow=True).content.decode()

    assert "Your password is changed" in done
    user.refresh_from_db()
    assert user.check_password("a-new-long-word")


def test_password_reset_never_tells_who_has_an_account(client, settings):
    settings.CAN_SEND_MAIL = True
    make_user(email="jo@example.org")
    url = reverse("account_reset_password")

    known = client.post(url, {"email": "jo@example.org"}, follow=True)
    unknown = client.post(url, {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert "There is no account with this address" in mail.outbox[1].body
    assert "sign up" not in mail.outbox[1].body.lower()


def test_used_or_cut_reset_link_says_what_to_do(client):
    url = reverse("account_reset_password_from_key", args=["1", "cut"])

    html = client.get(url).content.decode()

    assert "This link no longer works" in html


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_email", "account_reauthenticate"]
)
def test_pages_of_an_account_open_in_our_layout(client, name):
    sign_in(client, make_user(email="jo@example.org").email)

    response = client.get(reverse(name), follow=True)

    assert response.status_code == 200
    assert 'class="masthead"' in response.content.decode()


def test_change_password(client):
    user = make_user(email="jo@example.org")
    sign_in(client, user.email)
    new = {
        "oldpassword": "only-for-tests",
        "password1": "a-new-long-word",
        "password2": "a-new-long-word",
    }

    response = client.post(reverse("account_change_password"), new)

    assert response.status_code == 302
    user.refresh_from_db()
    assert user.check_password("a-new-long-word")


def test_no_page_of_the_sign_in_room_needs_the_packages_own_layout(client):
    for name in ("account_login", "account_signup", "account_reset_password", "account_inactive"):
        html = client.get(reverse(name)).content.decode()
        assert 'class="masthead"' in html
        assert "<style" not in html


def ask_for_code(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def test_sign_in_with_a_one_time_code(client, settings):
    settings.CAN_SEND_MAIL = True
    user = make_user(email="jo@example.org")

    page = ask_for_code(client, "jo@example.org")
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)[1]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "a code is on its way" in page.content.decode()
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_code_lets_nobody_in_and_three_end_it(client):
    make_user(email="jo@example.org")
    ask_for_code(client, "jo@example.org")

    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)[1]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "_auth_user_id" not in client.session


def test_code_does_not_replace_the_second_factor(client):
    make_user(email="jo@example.org", is_staff=True)
    ask_for_code(client, "jo@example.org")
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)[1]

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_asking_for_a_code_never_tells_who_has_an_account(settings):
    settings.CAN_SEND_MAIL = True
    make_user(email="jo@example.org")
    make_user(email="off@example.org", is_active=False)
    answers = []

    for email in ("jo@example.org", "nobody@example.org", "off@example.org"):
        response = ask_for_code(Client(), email)
        html = response.content.decode().replace(email, "")
        answers.append((response.redirect_chain, re.sub(r'value="\w{64}"', "", html)))

    assert answers[0] == answers[1] == answers[2]


def test_wrong_password_and_unknown_address_get_the_same_words(client):
    make_user(email="jo@example.org")

    known = sign_in(client, "jo@example.org", "wrong").content.decode()
    unknown = sign_in(client, "nobody@example.org", "wrong").content.decode()

    words = re.compile(r'class="error-summary".*?</div>', re.DOTALL)
    assert words.search(known)[0] == words.search(unknown)[0]


def test_many_tries_have_to_wait(client):
    make_user(email="jo@example.org")
    for _ in range(5):
        sign_in(client, "jo@example.org", "wrong")

    html = sign_in(client, "jo@example.org").content.decode()

    assert "_auth_user_id" not in client.session
    assert "Too many" in html


def test_many_codes_for_one_address_have_to_wait():
    make_user(email="jo@example.org")

    pages = [ask_for_code(Client(), "jo@example.org").content.decode() for _ in range(4)]

    assert ["Too many" in page for page in pages] == [False, False, False, True]
    assert len(mail.outbox) == 3


def test_nobody_adds_or_changes_an_address_by_themselves(client):
    user = make_user(email="jo@example.org")
    sign_in(client, "jo@example.org")

    for action in ("action_add", "action_primary", "action_remove"):
        client.post(reverse("account_email"), {"email": "victim@example.org", action: ""})

    user.refresh_from_db()
    assert user.email == "jo@example.org"
    assert not user.emailaddress_set.filter(email="victim@example.org").exists()
