"""The editors' room and Django's admin in a real browser, under our policy."""

import pytest
from django.urls import reverse

from assessments.models.content import Edition, Instrument
from assessments.models.guide import GuidePage
from assessments.services.content import start_next_edition
from tests.factories import make_user
from tests.public.browser import find_barriers, find_violations, listen, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, live_server):
    sign_in_as(page, live_server.url, make_user("Ada Root", is_staff=True, is_superuser=True))
    page.goto(live_server.url + reverse("content_list"))


@pytest.mark.looks
def test_editors_pages_and_admin_are_sound(content, live_server, page, now):
    errors = listen(page)
    sign_in(page, live_server)
    published = Edition.objects.published().get(instrument__code="five_factors")
    draft = start_next_edition(instrument=published.instrument, actor=None, now=now)
    addresses = [
        reverse("content_list"),
        reverse("edition_preview", args=[published.pk]),
        reverse("edition_publish", args=[draft.pk]),
        reverse("admin:index"),
        reverse("admin:assessments_edition_changelist"),
        reverse("admin:assessments_edition_change", args=[published.pk]),
        reverse("admin:assessments_edition_change", args=[draft.pk]),
        reverse("admin:assessments_dimension_change", args=[draft.dimensions.first().pk]),
        reverse("admin:assessments_statement_changelist"),
        reverse("admin:assessments_guidepage_change", args=[GuidePage.objects.first().pk]),
        reverse("admin:assessments_user_changelist"),
        reverse("admin:assessments_user_add"),
    ]
    found = {}

    for address in addresses:
        assert page.goto(live_server.url + address).status == 200
        found[address] = find_violations(page) + find_barriers(page)

    assert {address: problems for address, problems in found.items() if problems} == {}, found
    assert errors == []


def test_editor_starts_edits_and_publishes_the_next_edition(content, live_server, page):
    listen(page)
    sign_in(page, live_server)
    row = page.get_by_role("row", name="Five factors")

    row.get_by_role("button", name="Start the next edition of Five factors").click()
    page.fill("input[name=title]", "Five factors, again")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="Publish this draft").click()
    page.get_by_role("button", name="Publish edition 2").click()

    page.wait_for_url("**" + reverse("content_list"))
    assert page.get_by_text("Five factors, again, edition 2 is published.").count() == 1
    instrument = Instrument.objects.get(code="five_factors")
    assert instrument.editions.published().get().title == "Five factors, again"
