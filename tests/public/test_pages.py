"""Pages that anyone may open."""

import pytest
import yaml
from django.conf import settings
from django.db import DatabaseError
from django.test import RequestFactory
from django.urls import reverse

from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.public import context, views

PAGES = ["home", "guide", "privacy", "accessibility", "sources"]


def read(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_without_account_and_without_content(client, db, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_page_takes_no_posts(client, db, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_inline_script_or_style(client, content, name):
    html = read(client, name)

    assert "<script>" not in html
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html


@pytest.mark.parametrize("name", PAGES)
def test_page_says_confidential_and_never_anonymous(client, content, name):
    html = read(client, name).lower()

    assert "anonym" not in html
    assert "nobody can " not in html


def test_home_shows_the_five_factors_and_only_ways_in_that_exist(client, content):
    html = read(client, "home")

    for factor in ("Shared vision and purpose", "Commitment for the longer term"):
        assert f"<h3>{factor}</h3>" in html
    assert "If we succeed, what will a resident notice" in html
    assert reverse("account_login") in html
    assert "Join code" not in html
    assert "try it alone" not in html


def test_home_asks_the_same_with_one_and_three_factors(client, content, django_assert_num_queries):
    with django_assert_num_queries(2):
        read(client, "home")

    edition = views.Edition.objects.published().get(instrument__code="five_factors")
    views.Dimension.objects.filter(edition=edition, code__in=["SV", "PC", "SC", "AL"]).delete()

    with django_assert_num_queries(2):
        read(client, "home")


def test_guide_lists_every_page_and_story(client, content):
    html = read(client, "guide")

    for page in GuidePage.objects.all():
        assert reverse("guide_page", args=[page.code]) in html
    for study in CaseStudy.objects.all():
        assert reverse("case_study", args=[study.code]) in html


def test_guide_asks_the_same_with_one_and_twelve_pages(client, content, django_assert_num_queries):
    with django_assert_num_queries(6):
        read(client, "guide")

    GuidePage.objects.exclude(code="why").delete()

    with django_assert_num_queries(6):
        read(client, "guide")


GUIDE = [
    *("why", "what", "not", "sharing", "good_enough", "five_together", "councils"),
    *("facilitators", "evidence", "voices", "further", "then_now"),
]


@pytest.mark.parametrize("code", GUIDE)
def test_guide_page_shows_its_words_and_no_notes_for_editors(client, content, code):
    page = GuidePage.objects.get(code=code)

    html = read(client, "guide_page", code)

    assert f"<h1>{page.title}</h1>" in html
    assert "Do not show the commenters" not in html
    assert "Check this page each year" not in html
    assert "Pearl" not in html


def test_guide_page_links_to_publishers(client, content):
    html = read(client, "guide_page", "further")

    assert html.count('rel="noreferrer"') == 8
    assert Source.objects.get(code="scie").url in html


def test_case_study_names_where_it_helps(client, content):
    html = read(client, "case_study", "cheshire")

    assert "Frequent personal contact" in html
    assert "quoting the Cheshire Local Vision project" in html


@pytest.mark.parametrize("name", ["guide_page", "case_study"])
def test_unknown_page_is_not_found(client, content, name):
    assert client.get(reverse(name, args=["nothing"])).status_code == 404


def test_sources_credit_every_work(client, content):
    html = read(client, "sources")

    for source in Source.objects.all():
        assert source.url in html
    assert "has not been validated" in html


def test_privacy_states_the_guarantee_in_its_exact_words(client, db):
    words = " ".join(read(client, "privacy").split())

    assert (
        "No sum or mean over fewer than k people\u2019s answers is a linear combination of what "
        "is shown; k \u2212 1 for someone who answered; k \u2212 c for c who pool what they know. "
        "Forced answers beyond sums are attacked by tests (linear programming), not proved absent."
    ) in words
    assert "Not shown, to protect the people who answered." in words
    assert "at most 35 days" in words
    assert "the people who run the server could look" in words
    assert "A facilitator who filled a group with invented people" in words
    assert "Whoever holds your link could answer first" in words


def test_credit_in_the_footer_is_that_of_the_content(client, content):
    path = settings.BASE_DIR / "fixtures" / "attribution.yaml"
    written = yaml.safe_load(path.read_text())["short_credit_for_footer"]

    assert written == context.CREDIT
    assert ContentDocument.objects.get(code="attribution").data["short_credit_for_footer"] in read(
        client, "accessibility"
    ).replace("&#x27;", "'")


def test_static_pages_ask_the_database_nothing(client, db, django_assert_num_queries):
    for name in ("privacy", "accessibility"):
        with django_assert_num_queries(0):
            read(client, name)


def test_healthz_is_ok_when_the_database_answers(client, db):
    assert read(client, "healthz") == "ok"


def test_healthz_is_unavailable_when_the_database_does_not(db, monkeypatch):
    class Down:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(views, "connection", Down())

    response = views.healthz(RequestFactory().get("/healthz"))

    assert response.status_code == 503


def test_robots_are_kept_from_personal_links(client, db):
    rules = read(client, "robots")

    assert "Disallow: /a/\n" in rules
    # The list of checklists may be found, nobody's answers.
    assert "Disallow: /try/\nAllow: /try/$\n" in rules
