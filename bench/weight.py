"""What a phone loads on the way from its link to the review, in bytes over the wire.

`python -m bench.weight`: real gunicorn in production mode with collected files,
a real browser, and its own count of the bytes (headers and all). Budgets are
printed beside what was measured; tests/test_weight.py holds them in every run.
"""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

FIRST_VISIT, LATER_PAGE = 70.0, 10.0
PHONE = {"width": 360, "height": 780}
ROW = "{:<34} {:>8} {:>10} {:>10}"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="leading-together-bench-") as folder:
        port = find_port()
        environment = make_environment(folder, port)
        for command in (["migrate"], ["load_content"], ["collectstatic", "--noinput"]):
            manage(environment, *command)
        link = run(environment, "--lay-out").splitlines()[-1]
        with serve(environment, port):
            visits = walk(link)
    print("\nBytes over the wire, in kB of 1,000: a phone on its way from the link to the review.")
    print(ROW.format("page", "requests", "kB", "at most"))
    for visit in visits:
        print(ROW.format(*visit))


def make_environment(folder: str, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "MODE": "production",
        "DJANGO_SETTINGS_MODULE": "leadership_app.settings",
        "VAR_DIR": folder,
        "DATABASE_URL": "",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ANSWER_SECRET": secrets.token_urlsafe(48),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "ALLOW_PLAIN_HTTP": "yes",
    }


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity", "0"], env=environment, check=True
    )


def run(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "bench.weight", *words]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def lay_out() -> str:
    """An open round with a person who has not begun; the address of that person's link."""
    import django

    django.setup()
    # Late: the factories need Django to be set up.
    from assessments.services.links import list_links
    from tests.factories import make_open_round, make_organisation, make_partnership, make_people

    partnership = make_partnership()
    council = make_organisation(partnership, "Northvale Council")
    round_ = make_open_round(partnership, codes=("five_factors", "six_ways"), people=5)
    [person] = make_people(round_, 1, organisation=council)
    return list_links(round_, [person])[person]


@contextlib.contextmanager
def serve(environment: dict[str, str], port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "leadership_app.wsgi", "--log-level", "error"]
    server = subprocess.Popen([*command, "-b", f"127.0.0.1:{port}"], env=environment)
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def walk(link: str) -> list[tuple[str, Any, str, str]]:
    """Each page as somebody meets it, and the first answering page with nothing kept before."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import FLAGS, find_chromium
    from tests.journeys.devices import begin, go_on

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_context(viewport=PHONE).new_page()
        scale = Scale(page)
        begin(page, link)
        visits = []
        first = page.url
        scale.session.send("Network.clearBrowserCache")
        visits.append(scale.weigh("first answering page, nothing kept", first, FIRST_VISIT))
        visits.append(scale.weigh("the same page again", first, LATER_PAGE))
        for name in ("second page", "third page", "fourth page", "fifth page", "review"):
            go_on(page)
            visits.append(scale.weigh(name, page.url, LATER_PAGE))
        browser.close()
    return visits


class Scale:
    """Counts what the browser says it received, from the page's own server and from others."""

    def __init__(self, page) -> None:
        self.page = page
        self.received: list[float] = []
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._note)

    def weigh(self, name: str, address: str, at_most: float) -> tuple[str, Any, str, str]:
        self.received.clear()
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        travelled = [size for size in self.received if size]
        return name, len(travelled), f"{sum(travelled) / 1000:.1f}", f"{at_most:.0f}"

    def _note(self, event: dict[str, Any]) -> None:
        self.received.append(event["encodedDataLength"])


if __name__ == "__main__":
    if "--lay-out" in sys.argv:
        print(lay_out())
    else:
        main()
