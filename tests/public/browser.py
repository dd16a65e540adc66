"""Opening a page as a person's browser does: no broken policy, no error, no barrier."""

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


def listen(page: Page) -> list[str]:
    """Errors in scripts of every page opened from now on; violations are kept in the page."""
    errors: list[str] = []
    page.add_init_script(LISTEN)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def sign_in_as(page: Page, address: str, user) -> None:
    """With a session, past password and second factor: those have tests of their own."""
    client = Client()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    page.context.add_cookies([cookie])


def find_violations(page: Page) -> list[str]:
    """Breaches of the Content-Security-Policy. Read before axe, which makes some itself."""
    return page.evaluate("window.violations")


def find_barriers(page: Page, without: str = "") -> list[str]:
    """What axe finds, levels A and AA up to WCAG 2.2."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    context = {"exclude": [[without]]} if without else None
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


def is_wider_than_the_screen(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
