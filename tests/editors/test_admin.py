"""Django's admin for content and accounts, opened as an editor would."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from assessments.models.content import Dimension, Edition, Instrument, Statement
from assessments.models.guide import GuidePage
from assessments.models.scales import Scale
from assessments.models.users import User
from assessments.services.content import start_next_edition
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

CONTENT = [
    *("edition", "dimension", "statement", "scale", "instrument", "singlequestion"),
    *("guidepage", "casestudy", "source", "contentdocument"),
]


@pytest.fixture
def editor(client):
    user = make_user("Jo Field", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def superuser(client):
    user = make_user("Ada Root", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def draft(now):
    instrument = Instrument.objects.get(code="five_factors")
    return start_next_edition(instrument=instrument, actor=None, now=now)


def change_url(obj):
    return reverse(f"admin:assessments_{obj._meta.model_name}_change", args=[obj.pk])


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def fields_of(html):
    """What a browser would send for the form as it stands."""
    main = html.split('<div id="content-main">')[1]
    data = {}
    for tag in re.findall(r"<input[^>]*>", main):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if not name or ('type="checkbox"' in tag and "checked" not in tag):
            continue
        if 'type="submit"' not in tag:
            data[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', main, re.S):
        data[name] = unescape(text)
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    return data


def unescape(text):
    return text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")


def test_facilitator_cannot_enter(signed_in):
    assert signed_in.get(reverse("admin:index")).status_code in (302, 403)
    assert signed_in.get(reverse("admin:assessments_edition_changelist")).status_code in (302, 403)


def test_sign_in_of_the_admin_is_ours(client):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.parametrize("model", CONTENT)
def test_editor_opens_every_list_and_every_first_row(client, editor, model):
    read(client, reverse(f"admin:assessments_{model}_changelist"))

    row = next(m for m in admin.site._registry if m._meta.model_name == model).objects.first()
    read(client, change_url(row))


def test_editor_sees_no_accounts_and_superuser_does(client, editor):
    assert client.get(reverse("admin:assessments_user_changelist")).status_code == 403

    client.force_login(make_user(is_staff=True, is_superuser=True))
    read(client, reverse("admin:assessments_user_changelist"))


@pytest.mark.parametrize("model", [Edition, Dimension, Statement, Scale, Instrument])
def test_published_content_is_read_only_with_a_reason(client, editor, model):
    html = read(client, change_url(model.objects.first()))

    assert "Read only." in html
    assert 'name="_save"' not in html
    assert "deletelink" not in html
    assert "<textarea" not in html


@pytest.mark.parametrize("model", [Edition, Dimension, Statement, Scale])
def test_published_content_cannot_be_posted_to_or_deleted(client, editor, model):
    row = model.objects.first()
    before = model.objects.filter(pk=row.pk).values().get()
    name = f"admin:assessments_{model._meta.model_name}"

    changed = client.post(change_url(row), {"text": "x", "title": "x", "name": "x", "label": "x"})
    deleted = client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert model.objects.filter(pk=row.pk).values().get() == before


def test_published_edition_offers_the_next_draft(client, editor):
    html = read(client, change_url(Edition.objects.first()))

    assert "Start the next draft edition" in html
    assert "Publish this draft" not in html


def test_draft_edition_can_be_edited_and_published_from_its_page(client, editor, draft):
    html = read(client, change_url(draft))
    assert "Publish this draft" in html
    assert "Read only." not in html

    response = client.post(change_url(draft), {**fields_of(html), "title": "Five of them"})

    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Five of them"
    assert draft.source_codes == ["kf2017", "scie"]


def test_statements_of_a_draft_are_edited_in_their_dimension(client, editor, draft):
    dimension = draft.dimensions.get(code="SV")
    html = read(client, change_url(dimension))
    data = fields_of(html) | {"statements-0-text": "Our aims begin with local need."}
    data["reflection_questions"] = "One?\nTwo?\n"

    response = client.post(change_url(dimension), data)

    assert response.status_code == 302
    assert draft.statements.get(code="SV1").text == "Our aims begin with local need."
    dimension.refresh_from_db()
    assert dimension.reflection_questions == ["One?", "Two?"]


def add_statements(data, *codes):
    first = int(data["statements-TOTAL_FORMS"])
    for at, code in enumerate(codes, start=first):
        data |= {
            f"statements-{at}-{name}": value
            for name, value in {
                **{"id": "", "dimension": data["statements-0-dimension"], "code": code},
                **{"order": at + 1, "text": "A new one.", "seeds": "", "is_comparable": "on"},
            }.items()
        }
    data["statements-TOTAL_FORMS"] = first + len(codes)
    return data


def test_statement_can_be_added_to_a_draft(client, editor, draft):
    dimension = draft.dimensions.get(code="SV")
    data = add_statements(fields_of(read(client, change_url(dimension))), "SV7")

    response = client.post(change_url(dimension), data)

    assert response.status_code == 302
    assert draft.statements.get(code="SV7").dimension == dimension


@pytest.mark.parametrize("codes", [("PC1",), ("SV7", "SV7")])
def test_repeated_code_is_explained(client, editor, draft, codes):
    dimension = draft.dimensions.get(code="SV")
    data = add_statements(fields_of(read(client, change_url(dimension))), *codes)

    response = client.post(change_url(dimension), data)

    assert response.status_code == 200
    assert f"{codes[0]} stands " in response.content.decode()
    assert draft.statements.count() == 30


def test_guide_page_can_be_edited(client, editor):
    page = GuidePage.objects.get(code="not")
    data = fields_of(read(client, change_url(page))) | {"title": "What it is not, quite"}

    assert client.post(change_url(page), data).status_code == 302
    page.refresh_from_db()
    assert page.title == "What it is not, quite"


def test_nothing_is_deleted_in_bulk(client, editor, draft):
    url = reverse("admin:assessments_statement_changelist")

    client.post(url, {"action": "delete_selected", "_selected_action": [1, 2, 3], "post": "yes"})

    assert Statement.objects.filter(edition__state="published").count() == 105


def test_superuser_invites_a_facilitator(client, superuser):
    data = {
        **{"email": "New@Example.org", "name": "New Person", "usable_password": "true"},
        **{"password1": "a-new-long-word", "password2": "a-new-long-word"},
    }

    response = client.post(reverse("admin:assessments_user_add"), data)

    assert response.status_code == 302
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.is_staff) == ("New Person", False)
    client.post(reverse("account_logout"))
    client.post(
        reverse("account_login"), {"login": "new@example.org", "password": "a-new-long-word"}
    )
    assert client.session["_auth_user_id"] == str(user.pk)


def test_same_address_in_capitals_is_refused(client, superuser):
    make_user(email="jo@example.org")
    data = {
        **{"email": "JO@example.org", "name": "Twin", "usable_password": "true"},
        **{"password1": "a-new-long-word", "password2": "a-new-long-word"},
    }

    response = client.post(reverse("admin:assessments_user_add"), data)

    assert response.status_code == 200
    assert User.objects.filter(email__iexact="jo@example.org").count() == 1


def test_account_can_be_switched_off_and_not_deleted(client, superuser):
    user = make_user("Old Hand")
    data = fields_of(read(client, change_url(user)))
    data.pop("is_active")

    assert client.post(change_url(user), data).status_code == 302
    user.refresh_from_db()
    assert user.is_active is False
    url = reverse("admin:assessments_user_delete", args=[user.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
