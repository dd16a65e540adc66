"""Runs a command with PostgreSQL servers made for it, and stops them.

`python -m tests.throwaway_postgres [--servers N] COMMAND…`. DATABASE_URL names
the first server and DATABASE_URL_gw0, DATABASE_URL_gw1… one for each parallel
test process: a close waits for transactions anywhere on its server to end, so
two processes on one would wait for each other. The servers listen on sockets in
temporary folders and on no port. Where there are no PostgreSQL binaries it says
so loudly; that fails in CI and passes elsewhere.
"""

import contextlib
import glob
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

UNPRIVILEGED = "postgres"
LOUD = "=" * 78


def find_binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    folders = glob.glob("/usr/lib/postgresql/*/bin") + glob.glob(
        "/opt/homebrew/opt/postgresql*/bin"
    )
    found = [Path(folder) for folder in folders if (Path(folder) / "initdb").exists()]
    return max(found, key=_version_of, default=None)


def _version_of(folder: Path) -> float:
    digits = "".join(c for c in folder.parent.name if c.isdigit() or c == ".")
    return float(digits or 0)


@contextlib.contextmanager
def throwaway_server(binaries: Path) -> Iterator[str]:
    """A new server's DATABASE_URL; the server is stopped and removed at the end."""
    # Socket paths have to be short, so the folder is not inside a test folder.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # PostgreSQL refuses to run as root.
        as_user = UNPRIVILEGED if os.geteuid() == 0 else None
        if as_user:
            shutil.chown(folder, as_user)
        data = folder / "data"
        _run(
            [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"],
            as_user,
        )
        # It is thrown away, so it need not survive a power cut; and it must not look at
        # tables by itself while a test waits for a quiet moment.
        settings = {
            "listen_addresses": "''",
            "unix_socket_directories": name,
            "max_connections": "60",
            "fsync": "off",
            "autovacuum": "off",
        }
        options = " ".join(f"-c {key}={value}" for key, value in settings.items())
        control = [binaries / "pg_ctl", "-D", data, "-w", "-s"]
        _run([*control, "-l", folder / "log", "-o", options, "start"], as_user)
        try:
            yield f"postgres://postgres@{quote(name, safe='')}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], as_user)


def _run(command: list, as_user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=as_user,
        cwd="/",
        capture_output=True,
        text=True,
        # pg_ctl's server would inherit a pipe and keep it open.
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")


def main(command: list[str]) -> int:
    binaries = find_binaries()
    if binaries is None:
        print(LOUD, file=sys.stderr)
        print("NOT TESTED ON POSTGRESQL: there are no PostgreSQL binaries here.", file=sys.stderr)
        print("On Debian: apt-get install postgresql", file=sys.stderr)
        print(LOUD, file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    servers, command = _read_servers(command)
    with contextlib.ExitStack() as stack:
        urls = [stack.enter_context(throwaway_server(binaries)) for _ in range(servers)]
        environment = {**os.environ, "DATABASE_URL": urls[0]}
        environment |= {f"DATABASE_URL_gw{place}": url for place, url in enumerate(urls)}
        return subprocess.run(command, env=environment, check=False).returncode


def _read_servers(command: list[str]) -> tuple[int, list[str]]:
    if command and command[0] == "--servers":
        return int(command[1]), command[2:]
    return 1, command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
