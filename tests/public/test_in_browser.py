"""The public and the sign-in pages in a real browser."""

import pytest
from django.urls import reverse

from tests.public.browser import (
    find_barriers,
    find_violations,
    is_wider_than_the_screen,
    listen,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

ADDRESSES = [
    ("home",),
    ("guide",),
    ("guide_page", "further"),
    ("case_study", "mid_notts"),
    ("privacy",),
    ("accessibility",),
    ("sources",),
    ("account_login",),
    ("account_signup",),
    ("account_reset_password",),
    ("account_reset_password_done",),
    ("account_inactive",),
    ("account_reset_password_from_key", "1", "cut"),
]


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_are_sound_at_every_width(content, live_server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    errors = listen(page)
    found = {}

    for name, *args in ADDRESSES:
        response = page.goto(live_server.url + reverse(name, args=args))
        assert response.status == 200
        # The fold hides text from axe: open it.
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found[name] = find_violations(page) + find_barriers(page)
        if is_wider_than_the_screen(page):
            found[name].append(f"wider than {width} pixels")

    assert {name: problems for name, problems in found.items() if problems} == {}, found
    assert errors == []


def test_wrong_password_page_is_sound(content, live_server, page):
    listen(page)
    page.goto(live_server.url + reverse("account_login"))

    page.fill("input[name=login]", "jo@example.org")
    page.fill("input[name=password]", "wrong")
    page.click("main button[type=submit]")

    assert page.locator(".error-summary").count() == 1
    assert find_violations(page) + find_barriers(page) == []


def test_unknown_page_is_sound(content, live_server, page):
    listen(page)

    response = page.goto(live_server.url + "/no/such/page")

    assert response.status == 404
    assert find_violations(page) + find_barriers(page) == []
