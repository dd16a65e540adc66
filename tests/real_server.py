"""A real server and a plain client, for tests and benchmarks over real HTTP.

gunicorn runs in a process group of its own, so that it can be killed whole and
nothing else with it.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

PATIENCE = 30.0
CSRF = "c" * 32


@dataclass
class Server:
    """gunicorn with threads, as `make demo` starts it."""

    environment: dict[str, str]
    app: str = "leadership_app.wsgi"
    workers: int = 2
    threads: int = 4
    port: int = 0
    process: subprocess.Popen | None = None

    def start(self) -> None:
        self.port = self.port or find_free_port()
        command = [
            *[sys.executable, "-m", "gunicorn", self.app, "--preload"],
            *["--worker-class=gthread", f"--workers={self.workers}", f"--threads={self.threads}"],
            *[f"--bind=127.0.0.1:{self.port}", "--log-level=warning", "--keep-alive=30"],
        ]
        self.process = subprocess.Popen(command, env=self.environment, start_new_session=True)
        self._wait_until_up()

    def kill(self) -> None:
        """SIGKILL for the master and its workers at once: nobody can finish anything."""
        assert self.process
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def list_workers(self) -> list[int]:
        assert self.process
        stats = ((path, read_stat(path)) for path in Path("/proc").glob("[0-9]*"))
        return [int(path.name) for path, stat in stats if stat and stat[1] == str(self.process.pid)]

    def read_cpu(self) -> float:
        """Seconds of CPU that the workers have used so far, to the nanosecond.

        The ticks of /proc/PID/stat are samples, wrong by half on a busy machine.
        """
        threads = [
            thread
            for pid in self.list_workers()
            for thread in Path(f"/proc/{pid}/task").glob("*/schedstat")
        ]
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def _wait_until_up(self) -> None:
        assert self.process
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError("The server did not start; its own words stand above.")
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as probe,
            ):
                probe.sendall(
                    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                )
                if probe.recv(1):
                    return
            time.sleep(0.02)
        raise RuntimeError("The server took too long to start.")


@contextlib.contextmanager
def serving(environment: dict[str, str], **fields: Any) -> Iterator[Server]:
    server = Server(environment, **fields)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def environment_of_this_database() -> dict[str, str]:
    """The environment of a process that works on the database of this connection."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        host = quote(str(connection.settings_dict["HOST"]), safe="")
        url = f"postgres://{connection.settings_dict['USER']}@{host}/{name}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "leadership_app.settings",
        "DATABASE_URL": url,
        "OPENBLAS_NUM_THREADS": "1",
    }


class Browser:
    """One device over real HTTP, with the cookies that it was given and nothing more.

    A socket and bytes, so that the client takes little of the time that is measured.
    """

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port = port
        self.cookies = "; ".join(
            f"{name}={value}" for name, value in {**cookies, "csrftoken": CSRF}.items()
        )
        self.socket: socket.socket | None = None

    def post_json(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, text = self.send("POST", path, json.dumps(body).encode(), "application/json")
        return status, json.loads(text)

    def send(
        self, method: str, path: str, body: bytes = b"", kind: str = "text/plain"
    ) -> tuple[int, bytes]:
        """Status and body; raises OSError where the connection breaks before an answer."""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookies}\r\n"
            f"X-CSRFToken: {CSRF}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            self._connect().sendall(head.encode() + body)
            return self._receive()
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def _connect(self) -> socket.socket:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def _receive(self) -> tuple[int, bytes]:
        head, body = self._read_more(b"").split(b"\r\n\r\n", 1)
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        length = int(fields.get(b"content-length", b"0"))
        while len(body) < length:
            body += self._read_piece()
        if fields.get(b"connection") == b"close":
            self.close()
        return int(head[9:12]), body

    def _read_more(self, text: bytes) -> bytes:
        while b"\r\n\r\n" not in text:
            text += self._read_piece()
        return text

    def _read_piece(self) -> bytes:
        assert self.socket
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionResetError("The server hung up before it answered.")
        return piece


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_stat(process: Path) -> list[str] | None:
    """The fields of /proc/PID/stat after the command's name; None once the process has ended."""
    try:
        return (process / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
