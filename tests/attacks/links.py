"""The facilitator opens links in every way; two worlds that differ in answers must look alike.

All that a holder of links can fetch is fetched in one world and in another, in which somebody gave
other answers and wrote another comment. The bytes have to be the same, apart from random tokens.
"""

import re
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from assessments.models.rounds import RoundItem
from tests.attacks.stories import Person, Story

# Encrypted, so never the same twice; one of another length would stay and be a difference.
PAGE_TOKEN = re.compile(rb"(?<![\w-])[\w-]{99}(?![\w-])")
CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=)"[^"]+"')
CLOCKS = ("Expires", "Last-Modified", "Date")
OF_A_ROUND = (
    "round_detail",
    "round_edit",
    "round_people",
    "round_links",
    "round_invite",
    "round_remind",
    "round_move_end",
    "round_close",
    "round_results",
    "round_share",
)


@dataclass(frozen=True)
class Page:
    """One answer of the server: all that could tell something."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def open_every_link(story: Story, people: list[Person], viewer) -> list[Page]:
    """Everything that some people's links open, for somebody signed in who has no code."""
    pages = []
    for person in people:
        client = Client()
        client.force_login(viewer)
        pages += _open_link(client, person)
        pages += _open_pages(client, story, "before going on")
        client.post(reverse("go_on_blind", args=[story.round_.pk]))
        pages += _open_pages(client, story, "going on without the code")
        code = {"code": "0000-0000-0000-0000"}
        pages.append(_ask(client, "POST", reverse("give_code", args=[story.round_.pk]), code))
    return pages


def open_every_room(story: Story, viewer) -> list[Page]:
    """The facilitators' own pages about the round and each person on its list."""
    client = Client()
    client.force_login(viewer)
    own = [story.round_.partnership_id, story.round_.pk]
    pages = [_ask(client, "GET", reverse(name, args=own)) for name in OF_A_ROUND]
    for person in story.people:
        for name in ("person_edit", "person_remove", "person_new_link"):
            pages.append(_ask(client, "GET", reverse(name, args=[*own, person.participant.pk])))
    return pages


def save_blindly(story: Story, person: Person, value: int, viewer) -> list[Page]:
    """Answers over somebody's saved answers without the code, and reads what the server says."""
    client = Client()
    client.force_login(viewer)
    client.post(f"/a/{person.token}")
    client.post(reverse("go_on_blind", args=[story.round_.pk]))
    save = reverse("answer_save", args=[story.round_.pk])
    items = RoundItem.objects.filter(round=story.round_).order_by("order")[:3]
    pages = []
    for item in items:
        for was in ("", "1:0", "1:1"):
            body = {"item": item.pk, "value": value, "was": was}
            pages.append(_ask(client, "POST", save, body, content_type="application/json"))
    return pages


def differences(one: list[Page], other: list[Page]) -> list[str]:
    """Which pages are not the same in both worlds."""
    if len(one) != len(other):
        return ["another number of pages"]
    return [a.asked for a, b in zip(one, other, strict=True) if a != b]


def pages_with(pages: list[Page], words: str) -> list[str]:
    return [page.asked for page in pages if words.encode() in page.body]


def _open_link(client: Client, person: Person) -> list[Page]:
    link = f"/a/{person.token}"
    return [_ask(client, method, link) for method in ("GET", "HEAD", "POST")]


def _open_pages(client: Client, story: Story, when: str) -> list[Page]:
    round_ = story.round_.pk
    part = [round_, "five_factors"]
    paths = [
        reverse("answer_home", args=[round_]),
        reverse("keep_code", args=[round_]),
        reverse("give_code", args=[round_]),
        reverse("answer_review", args=part),
        reverse("own_profile", args=part),
        *(reverse("answer_dimension", args=[*part, code]) for code in _dimensions(story)),
    ]
    return [_ask(client, method, path, when=when) for path in paths for method in ("GET", "HEAD")]


def _dimensions(story: Story) -> list[str]:
    items = RoundItem.objects.filter(round=story.round_).order_by("order")
    return list(dict.fromkeys(items.values_list("dimension__code", flat=True)))


def _ask(client: Client, method: str, path: str, data=None, when="", **more) -> Page:
    response = client.generic(method, path) if data is None else client.post(path, data, **more)
    cookies = [("cookie", name) for name in response.cookies]
    headers = [one for one in response.headers.items() if one[0] not in CLOCKS]
    return Page(
        asked=f"{method} {_shorten(path)} {when}".strip(),
        status=response.status_code,
        headers=tuple(sorted([*headers, *cookies])),
        body=PAGE_TOKEN.sub(b"token", CSRF.sub(rb"\1", response.content)),
    )


def _shorten(path: str) -> str:
    return re.sub(r"^/a/.+", "/a/…", path)
