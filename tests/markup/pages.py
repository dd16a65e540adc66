"""Every kind of page as it is sent: of the access table, and of somebody who answers."""

import copy

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.leaders.device import Device
from tests.leaders.visitor import Visitor
from tests.test_access import TABLE, World

ROLES = ("anonymous", "leader", "owner", "admin")
FIRST_PAGES = {"quick_test": "QT", "differences": "DS", "context": "CX", "six_ways": "FE"}
# Parts of a page that a script puts in its place; each is checked within a page of its own.
PARTS = {"room_count"}
AROUND = (
    '<!doctype html><html lang="en-GB"><head><title>A part</title></head><body>{}</body></html>'
)
ACCOUNTS = ("account_login", "account_reset_password", "account_reset_password_done")


def collect_pages(world: World) -> dict[str, str]:
    pages = {}
    for role in ROLES:
        client = world.client_of(role)
        for page in TABLE:
            for method in ("get", "post"):
                name = f"{method} {page.name} {page.takes}".strip()
                around = AROUND if page.name in PARTS else "{}"
                add(pages, name, ask(client, method, world.address(page)), around)
    for name in ACCOUNTS:
        add(pages, f"get {name}", Client().get(reverse(name)))
        add(pages, f"post {name}", Client().post(reverse(name), {"sent": "1"}))
    return pages


def collect_answering_pages(world: World) -> dict[str, str]:
    """From the link to the own profile, with every page refused once on the way."""
    device, pages = Device(world.person), {}
    add(pages, "link", device.client.get(device.link))
    device.open_link()
    add(pages, "confirm, nothing chosen", device.client.post(device.home, {}))
    device.confirm()
    add(pages, "overview", device.client.get(device.home))
    for item in device.items():
        device.save(item, 4)
    sheet = device.page()
    add(pages, "sheet", device.client.get(sheet))
    add(pages, "sheet, wrong", device.post_page({f"item-{device.items()[0].pk}": "99"}))
    add(pages, "review", device.client.get(device.at("answer_review", "five_factors")))
    device.submit()
    add(pages, "profile", device.client.get(device.at("own_profile", "five_factors")))
    add(pages, "overview, submitted", device.client.get(device.home))
    other = Device(world.person)
    other.open_link()
    add(pages, "another device", other.client.get(other.home))
    add(pages, "code", other.client.get(other.at("give_code")))
    add(pages, "code, wrong", other.client.post(other.at("give_code"), {"code": "no"}))
    return pages


def collect_pages_alone() -> dict[str, str]:
    """Of somebody who tries a checklist without an account."""
    visitor, pages = Visitor(), {}
    sheet = visitor.at("try_dimension", "SV")
    for name in ("try_home", "try_result"):
        add(pages, f"{name}, empty", visitor.get(name))
    add(pages, "try, sheet, wrong", visitor.client.post(sheet, {"q1": "99"}))
    visitor.answer({"SV1": 4, "SV2": 4, "SV3": 2, "SV5": -2})
    add(pages, "try, sheet", visitor.client.get(sheet))
    add(pages, "try, sheet, changed elsewhere", visitor.client.post(sheet, {"q1": "1"}))
    for name in ("try_home", "try_result", "try_delete"):
        add(pages, name, visitor.get(name))
    for code in ("quick_test", "differences", "context", "six_ways"):
        other = Visitor(code)
        other.client.post(other.at("try_dimension", FIRST_PAGES[code]), {"q1": "2", "q2": "1"})
        add(pages, f"try_result, {code}", other.get("try_result"))
    add(pages, "try, forgotten", visitor.client.post(visitor.at("try_forget")))
    add(pages, "try, link", visitor.client.get(visitor.link))
    visitor.client.post(visitor.link)
    add(pages, "try, deleted", visitor.client.post(visitor.at("try_delete")))
    return pages


def add(pages: dict[str, str], name: str, response: HttpResponse, around: str = "{}") -> None:
    """Pages only, and each kind once: a status tells a form from the same form with errors."""
    if "text/html" in response.get("Content-Type", "") and response.content:
        page = response.content.decode()
        whole = page if page.startswith("<!doctype") else around.format(page)
        pages.setdefault(f"{name} {response.status_code}", whole)


def ask(client: Client, method: str, address: str) -> HttpResponse:
    """One request, with all that it changed taken back."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(address, {"sent": "1"})
        transaction.set_rollback(True)
    client.cookies = cookies
    return response
