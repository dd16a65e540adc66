"""Every kind of page is valid HTML."""

import pytest

from tests.markup.pages import collect_answering_pages, collect_pages, collect_pages_alone
from tests.markup.validator import NO_JAVA, find_faults, has_java, must_check
from tests.test_access import World


@pytest.fixture(autouse=True)
def java():
    if not has_java() and not must_check():
        pytest.skip(NO_JAVA)
    assert has_java(), NO_JAVA


@pytest.mark.looks
def test_every_kind_of_page_is_valid(content, tmp_path):
    world = World()
    pages = collect_pages(world) | collect_answering_pages(world) | collect_pages_alone()

    faults = find_faults(pages, tmp_path)

    assert len(pages) > 60
    assert faults == [], "\n".join(faults)


def test_the_checker_sees_faults(tmp_path):
    """A checker that finds nothing may also be one that read nothing."""
    page = '<!doctype html><html lang="en"><title>T</title><p id="a"><b id="a">x</p></html>'

    faults = find_faults({"broken": page}, tmp_path)

    assert any("Duplicate ID" in fault for fault in faults)
    assert all(fault.startswith("broken: ") for fault in faults)
