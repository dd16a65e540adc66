"""One stylesheet: complete, in order, and without what no page uses."""

import re
from pathlib import Path

import crispy_bootstrap5
import pytest
from django.conf import settings as project
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from leadership_app.stylesheet import (
    PARTS,
    PRINT_PART,
    STYLESHEET,
    UNUSED,
    StylesheetFinder,
    compose_stylesheet,
    leave_out_unused,
    make_stylesheet,
    read_bootstrap,
)

CSS = project.BASE_DIR / "static" / "css"
CRISPY = Path(crispy_bootstrap5.__file__).parent / "templates" / "bootstrap5"
# What crispy-forms could draw, and no form of ours asks for.
UNASKED = {
    "accordion.html",
    "accordion-group.html",
    "alert.html",
    "modal.html",
    "tab.html",
    "tab-link.html",
}
CLASSES = re.compile(r"""class(?:es|_name|Name)?\s*[=:(]\s*["']([^"']*)""")


def test_every_page_links_one_stylesheet():
    page = render_to_string("base.html")

    assert re.findall(r'rel="stylesheet" href="([^"]*)"', page) == ["/static/css/site.css"]


def test_no_template_links_another():
    linked = {
        path.relative_to(project.BASE_DIR).as_posix()
        for path in (project.BASE_DIR / "templates").rglob("*.html")
        if 'rel="stylesheet"' in path.read_text(encoding="utf-8")
    }

    assert linked == {"templates/parts/_styles.html"}


def test_every_part_is_in_it():
    """A new file in static/css goes into PARTS, at its place in the cascade."""
    assert {path.stem for path in CSS.glob("*.css")} == {*PARTS, PRINT_PART}


def test_parts_stand_in_their_order_and_print_last():
    css = compose_stylesheet()
    first_rules = [css.index(_first_rule(name)) for name in (*PARTS, PRINT_PART)]

    assert first_rules == sorted(first_rules)
    assert css.index("@media print {\n") < first_rules[-1]
    assert css.count("{") == css.count("}")


def test_its_source_map_stays_behind_and_its_licence_comes_along():
    css = compose_stylesheet()

    assert "sourceMappingURL" not in css
    assert "Licensed under MIT" in css


def test_what_is_left_out_is_used_nowhere():
    files = [
        *(project.BASE_DIR / "templates").rglob("*.html"),
        *(project.BASE_DIR / "assessments").rglob("*.py"),
        *(project.BASE_DIR / "static" / "js").glob("*.js"),
        *(path for path in CRISPY.rglob("*.html") if path.name not in UNASKED),
    ]

    missing = {
        f"{path.name}: {name}"
        for path in files
        for classes in CLASSES.findall(path.read_text(encoding="utf-8"))
        for name in classes.split()
        if UNUSED.search(f".{name}")
    }
    assert missing == set()


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".btn{color:red}.modal{top:0}", ".btn{color:red}"),
        (".nav,.note,.nav-tabs .nav-link{top:0}", ".note{top:0}"),
        (".navy{top:0}", ".navy{top:0}"),
        ("@media (min-width:1px){.card{top:0}}.b{top:0}", ".b{top:0}"),
        ("@media (min-width:1px){.card{top:0}.b{top:0}}", "@media (min-width:1px){.b{top:0}}"),
        (".a:not(.card,.b){top:0}.a:is(.c,.d),.e{top:0}", ".a:is(.c,.d),.e{top:0}"),
        (".d-xl-none{top:0}.d-lg-none{top:0}.btn-xl{top:0}", ".d-lg-none{top:0}"),
        ("@keyframes k{0%{top:0}100%{top:1px}}", "@keyframes k{0%{top:0}100%{top:1px}}"),
    ],
)
def test_leaving_out_keeps_the_rest_as_it_was(css, left):
    assert leave_out_unused(css) == left


def test_what_forms_and_pages_need_of_bootstrap_is_there():
    css = leave_out_unused(read_bootstrap())

    for needed in (
        ".btn{",
        ".form-control{",
        ".form-select{",
        ".is-invalid",
        ".invalid-feedback{",
        ".visually-hidden",
        ".d-flex{",
        ".d-lg-none{",
        ".table{",
        ".alert{",
        ".row{",
        ".col-md-6{",
    ):
        assert needed in css, needed


def test_finder_makes_the_file_anew_when_it_is_old(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    path = make_stylesheet()
    path.write_text("old")

    found = finders.find(STYLESHEET)

    assert found == str(path)
    assert path.read_text(encoding="utf-8") == compose_stylesheet()
    assert list(path.parent.iterdir()) == [path]


def test_finder_lists_one_file_for_collectstatic(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    [(name, storage)] = StylesheetFinder().list(None)

    assert name == STYLESHEET
    with storage.open(name) as file:
        assert file.read().decode() == compose_stylesheet()
    assert StylesheetFinder().find("css/other.css") == []
    assert not storage.exists("css/other.css")


def _first_rule(name: str) -> str:
    """The beginning of the first rule of a part, in the words of the file."""
    text = re.sub(
        r"/\*.*?\*/\s*", "", (CSS / f"{name}.css").read_text(encoding="utf-8"), flags=re.S
    )
    return text.strip()[:60]
