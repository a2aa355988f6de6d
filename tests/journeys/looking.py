"""What every journey does: signing in, and looking whether pages are as they should."""

import re
from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.factories.people import PASSWORD

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def sign_in(tab: Page, wiki: str, email: str) -> None:
    tab.goto(f"{wiki}/admin/")
    tab.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill(email)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab).to_have_url(f"{wiki}/admin/")


def problems_at(
    tab: Page, addresses: Iterable[str], *, theme: str, screen: ViewportSize
) -> list[str]:
    """Pages wider than the screen, and what breaks the accessibility rules."""
    tab.set_viewport_size(screen)
    tab.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    problems = []
    for address in addresses:
        tab.goto(address)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > screen["width"]:
            problems.append(f"{address} is {wide} pixels wide")
        found = Axe().run(tab, options={"runOnly": RULES}).response
        problems += [
            f"{address}: {rule['id']} at {rule['nodes'][0]['target']}"
            for rule in found["violations"]
        ]
    return problems
