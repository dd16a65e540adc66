"""Strict readers for environment variables.

A missing or bad value stops the start with one plain sentence, because a
wrong setting found later is found by a user.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "demo", "test")
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}
SHORTEST_SECRET = 32


def read_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def read_flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable; raises ImproperlyConfigured for any other word."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def read_number(name: str, default: int, smallest: int = 0) -> int:
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        number = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None
    if number < smallest:
        raise ImproperlyConfigured(f"{name} must be at least {smallest}, not {number}.")
    return number


def read_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in read_text(name, default).split(",") if part.strip()]


def read_mode() -> str:
    mode = read_text("MODE", "production")
    if mode not in MODES:
        raise ImproperlyConfigured(f"MODE must be one of {', '.join(MODES)}, not {mode!r}.")
    return mode


def read_secret(name: str, *, mode: str, kept_in: Path) -> str:
    """A secret of at least 32 characters.

    Production has no default. The demo makes a random one at its first start
    and keeps it beside its database, so that its links go on working; tests
    use a fixed one.
    """
    secret = read_text(name)
    if secret:
        if len(secret) < SHORTEST_SECRET:
            raise ImproperlyConfigured(
                f"{name} is too short: use at least {SHORTEST_SECRET} random characters."
            )
        return secret
    if mode == "test":
        return f"only-for-tests-{name.lower()}-only-for-tests"
    if mode == "demo":
        return _read_or_make_secret(kept_in / f"{name.lower()}.txt")
    raise ImproperlyConfigured(
        f"{name} is not set. Set it to at least {SHORTEST_SECRET} random characters, for example "
        "the output of: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
    )


def _read_or_make_secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
