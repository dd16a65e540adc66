"""The frame around every page, and the pages for what goes wrong."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

CSS = settings.BASE_DIR / "static" / "css"
HEX = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "csrf"])
def test_error_pages_render_with_nothing_behind_them(name):
    """No request, no context processor and, as no fixture asks for it, no database."""
    page = render_to_string(f"errors/{name}.html")

    assert page.startswith("<!doctype html>")
    assert page.count("<h1>") == 1
    assert "Leading together" in page
    assert "style=" not in page
    assert "<form" not in page


def test_frame_offers_a_way_in_to_those_who_are_not_signed_in():
    page = render_to_string("base.html", {"user": AnonymousUser()})

    assert "Sign in" in page
    assert "Sign out" not in page
    assert 'href="#main"' in page
    assert '<main id="main"' in page


def test_frame_signs_out_by_post():
    class Someone:
        is_authenticated = True

        def __str__(self):
            return "Amara <Osei>"

    page = render_to_string("base.html", {"user": Someone()})

    assert "Amara &lt;Osei&gt;" in page
    assert re.search(r'<form action="[^"]*logout[^"]*" method="post">', page)


def test_frame_has_no_inline_script_or_style():
    page = render_to_string("base.html", {"user": AnonymousUser()})

    assert "<style" not in page
    assert "style=" not in page
    assert "<script" not in page


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_colours_stand_in_the_tokens_alone(path: Path):
    if path.name == "tokens.css":
        return

    assert HEX.findall(path.read_text(encoding="utf-8")) == []


def test_every_colour_that_is_used_is_a_token():
    tokens = (CSS / "tokens.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[\w-]+):", tokens))

    used = {
        name
        for path in CSS.glob("*.css")
        for name in re.findall(r"var\((--[\w-]+)\)", path.read_text(encoding="utf-8"))
    }
    assert used - defined == set()
