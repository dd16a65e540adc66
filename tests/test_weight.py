"""What a phone loads, in bytes: files as they are collected for production, pages as sent."""

import gzip
import re
from contextlib import closing

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test import override_settings

from assessments.models.rounds import RoundItem
from tests.factories import make_open_round, make_organisation, make_partnership
from tests.leaders.device import Device

# kB as networks count them.
FIRST_VISIT, LATER_PAGE = 70_000, 10_000
PRODUCTION = "whitenoise.storage.CompressedManifestStaticFilesStorage"
# Slow to compress, and on no answering page.
NOT_COLLECTED = ["admin", "vendor/plotly.min.js"]
FILE = re.compile(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]*)"')
SCRIPT = re.compile(r"<script\b[^>]*\bsrc=[^>]*>")


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """Static files as they stand in production: named by their content, and compressed."""
    folder = tmp_path_factory.mktemp("static")
    files = {**project.STORAGES, "staticfiles": {"BACKEND": PRODUCTION}}
    with override_settings(STORAGES=files, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_COLLECTED)
    return folder


@pytest.fixture
def in_production(collected, settings):
    settings.STORAGES = {**project.STORAGES, "staticfiles": {"BACKEND": PRODUCTION}}
    settings.STATIC_ROOT = collected
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(params=["gzip, deflate, br", "gzip"])
def phone(content, in_production, request):
    """The device of somebody who has begun: a browser, and one behind an old proxy."""
    partnership = make_partnership()
    make_organisation(partnership, "Northvale Council")
    round_ = make_open_round(partnership, codes=("five_factors", "six_ways", "practice"))
    phone = Device(round_.participants.first(), headers={"accept-encoding": request.param})
    phone.open_link()
    phone.confirm()
    return phone


def test_first_visit_to_an_answering_page_is_light(phone):
    page = phone.client.get(phone.page())
    addresses = find_files(page)

    files = [weigh_file(phone, address) for address in addresses]

    assert len(addresses) >= 3
    assert weigh(page) + sum(files) <= FIRST_VISIT


def test_what_a_page_loads_is_ours_and_kept_for_good(phone):
    addresses = find_files(phone.client.get(phone.page()))

    assert [address for address in addresses if not address.startswith("/static/")] == []
    for address in addresses:
        with closing(phone.client.get(address)) as file:
            assert "immutable" in file.headers["Cache-Control"]


def test_no_script_keeps_a_page_from_showing(phone):
    for address in (phone.link, phone.home, phone.page()):
        scripts = SCRIPT.findall(read(phone.client.get(address)))

        assert [one for one in scripts if " defer" not in one and '"module"' not in one] == []


def test_every_later_page_is_light(phone):
    pages = {address: phone.client.get(address) for address in list_pages(phone)}

    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    weights = {name: weigh(page) for name, page in pages.items()}
    assert {name: weight for name, weight in weights.items() if weight > LATER_PAGE} == {}


def list_pages(phone) -> list[str]:
    """The link, the overview, every page of questions, and the review of each part."""
    asked = (
        RoundItem.objects.filter(round=phone.round_id, dimension__isnull=False)
        .values_list("instrument__edition__instrument__code", "dimension__code")
        .distinct()
    )
    sheets = [phone.page(dimension, instrument) for instrument, dimension in asked]
    reviews = [phone.at("answer_review", instrument) for instrument in {one for one, _ in asked}]
    assert len(sheets) >= 12
    return [phone.link, phone.home, phone.at("give_code"), *sheets, *reviews]


def find_files(page) -> list[str]:
    return sorted(set(FILE.findall(read(page))))


def read(response) -> str:
    packed = response.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.content) if packed else response.content).decode()


def weigh_file(phone, address: str) -> int:
    with closing(phone.client.get(address)) as file:
        assert file.status_code == 200
        return len(file.serialize_headers()) + len(b"".join(file))


def weigh(page) -> int:
    """Headers and body, as they travel."""
    return len(page.serialize_headers()) + len(page.content)
