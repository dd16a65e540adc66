"""Single sign-on lets in people who have an account, by a verified address, and nobody else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.urls import reverse

from assessments.models.users import User
from tests.factories import make_user
from tests.public.provider import CLIENT, run_provider

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/oidc/single-sign-on/login/"


@pytest.fixture(scope="module")
def running():
    with run_provider() as provider:
        yield provider


@pytest.fixture
def provider(running, settings):
    cache.clear()
    settings.OIDC_NAME = "NHS sign-in"
    app = {
        "provider_id": "single-sign-on",
        "name": "NHS sign-in",
        "client_id": CLIENT,
        "secret": "only-for-tests",
        "settings": {"server_url": running.issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return running


def come_back(client, provider, query="", **claims):
    """From our link to the provider, and back with what it says."""
    provider.claims = {"sub": "person-1", "email_verified": True, **claims}
    away = client.get(LOGIN + query)
    assert away.url.startswith(provider.issuer + "/authorization")
    state = parse_qs(urlsplit(away.url).query)["state"][0]
    return client.get(LOGIN + "callback/", {"code": "x", "state": state})


def test_known_and_verified_address_gets_in_and_keeps_its_password(client, provider):
    user = make_user(email="jo@example.org")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)

    response = come_back(client, provider, email="Jo@Example.org")

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.check_password("only-for-tests")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email": "jo@example.org", "email_verified": False},
        {"email": "jo@example.org", "email_verified": "false"},
        {"email": ""},
        {"email": "off@example.org"},
    ],
)
def test_everybody_else_stays_outside(client, provider, claims):
    make_user(email="jo@example.org")
    make_user(email="off@example.org", is_active=False)
    before = User.objects.count()

    response = come_back(client, provider, **claims)

    assert "_auth_user_id" not in client.session
    assert response.status_code in (302, 403)
    assert User.objects.count() == before


def test_second_factor_is_asked_all_the_same(client, provider):
    make_user(email="ada@example.org", is_staff=True)

    response = come_back(client, provider, email="ada@example.org")

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("email", ["thief@example.org", "jo@example.org"])
def test_no_identity_is_joined_to_an_account(client, provider, email):
    user = make_user(email="jo@example.org")
    client.force_login(user)

    response = come_back(client, provider, "?process=connect", email=email)

    assert response.status_code == 403
    assert not SocialAccount.objects.exists()


def test_answer_without_our_state_is_refused(client, provider):
    make_user(email="jo@example.org")
    provider.claims = {"sub": "1", "email": "jo@example.org", "email_verified": True}

    client.get(LOGIN + "callback/", {"code": "x", "state": "made-up"})

    assert "_auth_user_id" not in client.session


def test_login_page_offers_it_only_when_it_is_set_up(client, provider, settings):
    offered = client.get(reverse("account_login")).content.decode()
    settings.OIDC_NAME = ""
    without = client.get(reverse("account_login")).content.decode()

    assert f'href="{LOGIN}"' in offered
    assert "NHS sign-in" in offered
    assert LOGIN not in without


def test_without_settings_there_is_no_such_address(client):
    assert client.get(LOGIN).status_code == 404
