"""A provider of single sign-on on loopback: it says of everybody what a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt

CLIENT = "leading-together"


class Provider:
    """`claims` are what it says of the next person who signs in."""

    def __init__(self) -> None:
        self.claims: dict[str, object] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> dict[str, object]:
        if path.startswith("/.well-known/"):
            names = ("authorization", "token", "userinfo")
            ends = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in names}
            return {**ends, "issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}
        if path == "/token":
            about = {"iss": self.issuer, "aud": CLIENT, "iat": int(time.time())}
            token = {**about, "exp": int(time.time()) + 60, **self.claims}
            key = "a key that is long enough for this algorithm"
            return {"access_token": "x", "id_token": jwt.encode(token, key), "token_type": "Bearer"}
        return self.claims

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                body = json.dumps(provider.answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *words: object) -> None:
                pass

        return Handler


@contextmanager
def run_provider() -> Iterator[Provider]:
    provider = Provider()
    thread = threading.Thread(target=provider.server.serve_forever, daemon=True)
    thread.start()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()
    thread.join()
