"""The second factor: offered to everybody, required of admins, kept encrypted."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.urls import reverse

from assessments.models.users import User
from tests.factories import TOTP_SECRET, make_partnership, make_user
from tests.public.codes import code_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def bare_admin(client):
    """An admin who has set nothing up."""
    admin = make_user("Ada Root", is_staff=True, is_superuser=True)
    Authenticator.objects.all().delete()
    client.force_login(admin)
    return admin


def sign_in(client, user):
    data = {"login": user.email, "password": "only-for-tests"}
    return client.post(reverse("account_login"), data)


@pytest.mark.parametrize("name", ["content_list", "admin:index", "partnership_list"])
def test_admin_without_one_is_sent_to_set_one_up(content, client, bare_admin, name):
    response = client.get(reverse(name), follow=True)

    assert response.redirect_chain[-1] == (reverse("mfa_index"), 302)
    assert "needs a second factor" in response.content.decode()


def test_admin_without_one_still_reads_public_pages_and_signs_out(content, client, bare_admin):
    assert client.get(reverse("home")).status_code == 200
    assert client.get(reverse("your_account")).status_code == 200
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_recovery_codes_alone_are_no_second_factor(content, client, bare_admin):
    Authenticator.objects.create(user=bare_admin, type="recovery_codes", data={})

    assert client.get(reverse("content_list")).status_code == 302


def test_demo_asks_nobody(content, client, bare_admin, settings):
    settings.ADMINS_NEED_SECOND_FACTOR = False

    assert client.get(reverse("content_list")).status_code == 200


def test_facilitators_are_offered_one_and_need_none(client):
    user = make_user()
    make_partnership(user)
    client.force_login(user)

    assert client.get(reverse("partnership_list")).status_code == 200
    assert "Set up a second factor" in client.get(reverse("your_account")).content.decode()


def test_admins_own_sign_in_goes_through_ours(client):
    response = client.get(reverse("admin:login"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    posted = client.post(reverse("admin:login"), {"username": "a", "password": "b"})
    assert posted.url.startswith(reverse("account_login"))


def test_signing_in_asks_for_the_code_and_takes_it_once(client):
    user = make_user(is_staff=True)

    assert sign_in(client, user).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    assert "error-summary" in wrong.content.decode()
    code = code_now()
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)

    client.post(reverse("account_logout"))
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in client.session


def test_app_is_set_up_and_recovery_codes_are_shown_once(client):
    user = make_user()
    sign_in(client, user)
    address = reverse("account_reauthenticate") + "?next=" + reverse("mfa_activate_totp")
    page = client.post(address, {"password": "only-for-tests"}, follow=True).content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]

    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)

    shown = re.findall(r"<code>(\w+)</code>", response.content.decode())
    assert len(shown) == 10
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in shown)
    client.post(reverse("account_logout"))
    assert sign_in(client, user).url == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": shown[0]})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_secrets_are_not_readable_in_the_database(client, settings):
    authenticator = Authenticator.objects.get(user=make_user(is_staff=True))

    assert TOTP_SECRET not in str(authenticator.data)
    assert authenticator.wrap().validate_code(code_now())
    cache.clear()
    settings.ANSWER_SECRET = "another secret of another place, long enough"
    with pytest.raises(Exception, match="Decryption failed"):
        authenticator.wrap().validate_code(code_now())


def test_setting_one_up_asks_for_the_password_again_after_a_while(client):
    client.force_login(make_user())

    response = client.get(reverse("mfa_activate_totp"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))


def test_superuser_takes_a_lost_factor_away_and_reads_no_secret(client):
    superuser = make_user(is_staff=True, is_superuser=True)
    other = make_user("Kim Lost", is_staff=True)
    client.force_login(superuser)
    lost = Authenticator.objects.get(user=other)

    page = client.get(reverse("admin:mfa_authenticator_change", args=[lost.pk])).content.decode()
    client.post(reverse("admin:mfa_authenticator_delete", args=[lost.pk]), {"post": "yes"})

    assert lost.data["secret"] not in page
    assert not Authenticator.objects.filter(user=other).exists()


@pytest.mark.parametrize(
    "name",
    [
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"),
        *("mfa_generate_recovery_codes", "your_account", "account_email"),
    ],
)
def test_pages_stand_in_our_layout(client, name):
    user = make_user()
    sign_in(client, user)

    response = client.get(reverse(name), follow=True)

    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="masthead"' in html
    assert "style=" not in html


def test_changing_an_address_in_the_admin_closes_the_old_way_in(client):
    admin, user = make_user(is_staff=True, is_superuser=True), make_user(email="old@example.org")
    user.emailaddress_set.create(email="old@example.org", verified=True, primary=True)
    client.force_login(admin)
    data = {"email": "new@example.org", "name": user.name, "is_active": "on"}

    client.post(reverse("admin:assessments_user_change", args=[user.pk]), data)

    client.logout()
    assert User.objects.get(pk=user.pk).email == "new@example.org"
    assert authenticate(email="old@example.org", password="only-for-tests") is None
    assert authenticate(email="new@example.org", password="only-for-tests") == user
