"""Third-party files come from installed packages, and only those on the list."""

import pytest
from django.contrib.staticfiles import finders

from leadership_app.static_packages import PACKAGED_FILES, PackageFinder, locate_package


@pytest.mark.parametrize("url", PACKAGED_FILES)
def test_finder_serves_what_is_on_the_list(url):
    found = finders.find(url)

    assert found is not None
    assert PackageFinder().storage.exists(url)
    assert PackageFinder().find(url, find_all=True) == [found]


@pytest.mark.parametrize(
    "url",
    [
        "vendor/bootstrap.min.css",
        "vendor/../settings.py",
        "vendor/",
        "css/bootstrap.min.css",
        "plotly/package_data/plotly.min.js",
        "../django_include_bootstrap/static/css/bootstrap.css",
    ],
)
def test_finder_serves_nothing_else(url):
    assert not PackageFinder().find(url)
    assert PackageFinder().find(url, find_all=True) == []
    assert not PackageFinder().storage.exists(url)


def test_finder_lists_the_allowed_files_for_collectstatic():
    listed = [url for url, _ in PackageFinder().list(None)]

    assert listed == list(PACKAGED_FILES)
    assert list(PackageFinder().list(["vendor/*"])) == []
    assert PackageFinder().check() == []


def test_missing_package_is_said_in_a_sentence():
    with pytest.raises(LookupError, match="not_there is not installed"):
        locate_package("not_there")
