"""Every kind of page as it is sent: of the access table, and of somebody who answers."""

import copy

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.leaders.device import Device
from tests.test_access import TABLE, World

ROLES = ("anonymous", "leader", "owner", "admin")
ACCOUNTS = ("account_login", "account_reset_password", "account_reset_password_done")


def collect_pages(world: World) -> dict[str, str]:
    pages = {}
    for role in ROLES:
        client = world.client_of(role)
        for page in TABLE:
            for method in ("get", "post"):
                name = f"{method} {page.name} {page.takes}".strip()
                add(pages, name, ask(client, method, world.address(page)))
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


def add(pages: dict[str, str], name: str, response: HttpResponse) -> None:
    """Pages only, and each kind once: a status tells a form from the same form with errors."""
    if "text/html" in response.get("Content-Type", "") and response.content:
        pages.setdefault(f"{name} {response.status_code}", response.content.decode())


def ask(client: Client, method: str, address: str) -> HttpResponse:
    """One request, with all that it changed taken back."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(address, {"sent": "1"})
        transaction.set_rollback(True)
    client.cookies = cookies
    return response
