"""The editors' room: who may enter, what it shows, and what publishing does."""

from datetime import date

import pytest
from django.urls import reverse

from assessments.models.content import Dimension, Edition, Instrument
from assessments.models.users import AuditEvent
from assessments.services.content import start_next_edition
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("Jo Field", is_staff=True)
    client.force_login(user)
    return user


def edition_of(code, **fields):
    return Edition.objects.get(instrument__code=code, **fields)


def start_draft(now, code="five_factors"):
    return start_next_edition(instrument=Instrument.objects.get(code=code), actor=None, now=now)


ADDRESSES = [
    ("get", "content_list", []),
    ("get", "edition_preview", [1]),
    ("get", "edition_publish", [1]),
    ("post", "edition_publish", [1]),
    ("post", "edition_start", ["five_factors"]),
]


@pytest.mark.parametrize(("method", "name", "args"), ADDRESSES)
def test_visitor_is_asked_to_sign_in(client, method, name, args):
    response = getattr(client, method)(reverse(name, args=args))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("method", "name", "args"), ADDRESSES)
def test_facilitator_may_not_enter(signed_in, method, name, args):
    assert getattr(signed_in, method)(reverse(name, args=args)).status_code == 403


def test_list_shows_every_checklist_with_its_state(client, content, editor):
    html = client.get(reverse("content_list")).content.decode()

    assert html.count("Start the next edition") == 8
    assert html.count("Published</span>") == 8


def test_list_of_an_empty_database_opens(client, editor):
    assert client.get(reverse("content_list")).status_code == 200


def test_list_asks_the_same_with_one_and_eight(client, content, editor, django_assert_num_queries):
    with django_assert_num_queries(6):
        client.get(reverse("content_list"))

    for instrument in Instrument.objects.exclude(code="contact"):
        Edition.objects.filter(instrument=instrument).delete()
    Instrument.objects.filter(code="outside_view").delete()
    Instrument.objects.exclude(code="contact").delete()

    with django_assert_num_queries(6):
        client.get(reverse("content_list"))


@pytest.mark.parametrize(
    "code",
    [
        *("five_factors", "six_ways", "practice", "context"),
        *("quick_test", "differences", "outside_view", "contact"),
    ],
)
def test_preview_shows_every_statement_and_answer(client, content, editor, code):
    edition = edition_of(code)

    html = client.get(reverse("edition_preview", args=[edition.pk])).content.decode()
    html = html.replace("&#x27;", "'")

    for statement in edition.statements.all():
        assert statement.text in html
    if edition.statements.exists():
        for point in edition.scale.points.all():
            assert f"<span>{point.label}</span>" in html


def test_preview_asks_the_same_whatever_its_size(
    client, content, editor, django_assert_num_queries
):
    url = reverse("edition_preview", args=[edition_of("five_factors").pk])
    with django_assert_num_queries(8):
        client.get(url)

    Dimension.objects.filter(edition__instrument__code="five_factors").exclude(code="SV").delete()

    with django_assert_num_queries(8):
        client.get(url)


def test_start_next_opens_the_draft_in_the_admin(client, content, editor):
    response = client.post(reverse("edition_start", args=["five_factors"]))

    draft = edition_of("five_factors", number=2)
    assert response.url == reverse("admin:assessments_edition_change", args=[draft.pk])
    assert draft.state == Edition.State.DRAFT


def test_start_next_twice_says_that_there_is_a_draft(client, content, editor, now):
    start_draft(now)

    response = client.post(reverse("edition_start", args=["five_factors"]), follow=True)

    assert "Edition 2 is a draft already" in response.content.decode()
    assert Edition.objects.drafts().count() == 1


def test_start_next_by_get_changes_nothing(client, content, editor):
    response = client.get(reverse("edition_start", args=["five_factors"]))

    assert response.status_code == 405
    assert not Edition.objects.drafts().exists()


def test_publish_page_changes_nothing_and_post_publishes(client, content, editor, now):
    draft = start_draft(now)
    url = reverse("edition_publish", args=[draft.pk])

    assert "Publishing cannot be undone" in client.get(url).content.decode()
    draft.refresh_from_db()
    assert draft.state == Edition.State.DRAFT

    client.post(url)

    draft.refresh_from_db()
    assert (draft.state, draft.published_on) == (Edition.State.PUBLISHED, date.today())
    assert edition_of("five_factors", number=1).state == Edition.State.RETIRED
    event = AuditEvent.objects.filter(action="edition published").first()
    assert (event.actor, event.detail) == (editor, {"instrument": "five_factors", "edition": 2})


def test_draft_that_is_not_ready_says_why(client, content, editor, now):
    draft = start_draft(now)
    draft.statements.filter(code="SV1").update(text="word " * 23)
    url = reverse("edition_publish", args=[draft.pk])

    assert "SV1 has 23 words" in client.get(url).content.decode()
    assert "SV1 has 23 words" in client.post(url).content.decode()
    draft.refresh_from_db()
    assert draft.state == Edition.State.DRAFT


def test_publishing_a_published_edition_is_refused(client, content, editor):
    url = reverse("edition_publish", args=[edition_of("five_factors").pk])

    assert "published already" in client.post(url).content.decode()
