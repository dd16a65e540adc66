"""A wrong setting stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from leadership_app import environment
from leadership_app.reports import mask_tokens

ROOT = Path(__file__).resolve().parent.parent
LONG = "s" * 40
GOOD = {
    "MODE": "production",
    "SECRET_KEY": LONG,
    "ANSWER_SECRET": LONG,
    "BASE_URL": "https://check.example.org",
    "ALLOWED_HOSTS": "check.example.org",
}


def start(tmp_path, **changes) -> subprocess.CompletedProcess:
    given = {**GOOD, "VAR_DIR": str(tmp_path), **changes}
    kept = {name: value for name, value in given.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", "import leadership_app.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **kept},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_set(tmp_path):
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"ANSWER_SECRET": None}, "ANSWER_SECRET is not set"),
        ({"ANSWER_SECRET": "short"}, "ANSWER_SECRET is too short"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is not set"),
        ({"BASE_URL": None}, "BASE_URL is not set"),
        ({"BASE_URL": "http://check.example.org"}, "must begin with https://"),
        ({"DEBUG": "yes"}, "cannot be on in production"),
        ({"DEBUG": "perhaps"}, "DEBUG must be yes or no"),
        ({"MODE": "staging"}, "MODE must be one of"),
        ({"EMAIL_PORT": "many"}, "EMAIL_PORT must be a whole number"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path, changes, sentence):
    done = start(tmp_path, **changes)

    assert done.returncode != 0
    assert sentence in done.stderr


def test_demo_makes_a_secret_and_keeps_it(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = environment.read_secret("SECRET_KEY", mode="demo", kept_in=tmp_path)
    second = environment.read_secret("SECRET_KEY", mode="demo", kept_in=tmp_path)

    assert first == second
    assert len(first) >= environment.SHORTEST_SECRET


def test_a_short_secret_is_refused_in_every_mode(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "short")

    with pytest.raises(ImproperlyConfigured, match="too short"):
        environment.read_secret("SECRET_KEY", mode="demo", kept_in=tmp_path)


LOG_A_LINK = """
import logging, django
django.setup()
for name in ("django.request", "django.server", "gunicorn.error", "ours"):
    logging.getLogger(name).error("Not Found: %s", "/a/AbC-d_9")
try:
    raise ValueError("/a/AbC-d_9")
except ValueError:
    logging.getLogger("ours").exception("Failed")
"""


def test_every_log_line_that_is_written_has_its_tokens_masked(tmp_path):
    environment = {**os.environ, **GOOD, "VAR_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "leadership_app.settings"
    command = [sys.executable, "-c", LOG_A_LINK]

    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stderr.count("/a/hidden") >= 5
    assert "AbC-d_9" not in done.stderr


def test_tokens_are_masked_wherever_a_link_is_named():
    line = 'GET "/a/AbC-d_9" 404; next /a/xyz?x=1 and /about'

    assert mask_tokens(line) == 'GET "/a/hidden" 404; next /a/hidden?x=1 and /about'
