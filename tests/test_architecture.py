"""The walls that import-linter cannot see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models

from assessments.models import responses, solo

ROOT = Path(__file__).resolve().parent.parent
CODE = [
    path
    for folder in ("assessments", "leadership_app")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
ANSWER_MODELS = [
    model
    for module in (responses, solo)
    for model in vars(module).values()
    if isinstance(model, type)
    and issubclass(model, models.Model)
    and model.__module__ == module.__name__
]


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, late imports included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_there_are_answer_models_to_guard():
    assert {model.__name__ for model in ANSWER_MODELS} == {
        "Response",
        "Sitting",
        "Answer",
        "Comment",
        "SealedResponse",
        "SoloResponse",
        "SoloAnswer",
    }


@pytest.mark.parametrize("model", ANSWER_MODELS, ids=lambda model: model.__name__)
def test_nothing_leads_back_to_answers(model):
    keys = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]

    assert [key.name for key in keys if key.remote_field.related_name != "+"] == []


@pytest.mark.parametrize("model", ANSWER_MODELS, ids=lambda model: model.__name__)
def test_answers_are_never_in_the_admin(model):
    assert admin.site.is_registered(model) is False


def test_no_answer_has_a_key_to_a_participant():
    targets = {
        field.related_model.__name__
        for model in ANSWER_MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }

    assert "Participant" not in targets
    assert "User" not in targets


def test_no_answer_keeps_a_moment():
    moments = [
        f"{model.__name__}.{field.name}"
        for model in ANSWER_MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.DateTimeField)
    ]

    assert moments == []


def test_what_survives_the_close_has_random_keys():
    survivors = [responses.SealedResponse, apps.get_model("assessments", "CollectedComment")]

    assert [type(model._meta.pk).__name__ for model in survivors] == ["UUIDField", "UUIDField"]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_imports_all_models_at_once(path):
    if path.name == "__init__.py" and path.parent.name == "models":
        return

    assert "assessments.models.User" not in imports_of(path)
    assert not re.search(
        r"^(import|from) assessments\.models( import \*|$)", path.read_text(), re.M
    )


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_looks_models_up_by_name(path):
    assert "get_model(" not in path.read_text()


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_services_reach_answers(path):
    allowed = {"services", "models"}
    if allowed & set(path.relative_to(ROOT).parts):
        return

    reached = {name for name in imports_of(path) if re.search(r"models\.(responses|solo)", name)}

    assert reached == set()
