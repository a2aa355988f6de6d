"""What every journey does: signing in, and looking whether pages are as they should."""

import re
from collections.abc import Iterable
from itertools import product
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.factories.people import PASSWORD

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only these come back: of a whole report most is what keeps the rules.
VIOLATIONS = """options => axe.run(options).then(
  told => told.violations.map(rule => `${rule.id} at ${rule.nodes[0].target}`))"""

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (360, 768, 1024, 1280, 1920)
# A table whose columns leave no room for names is not wider than the screen.
SQUEEZED = """[...document.querySelectorAll(".rides .name")]
  .filter(name => name.offsetWidth < 96).map(name => name.textContent.trim())"""
CHECKED_BY_RULES = (360, 1280)
LOOKS = (*product(CHECKED_BY_RULES, THEMES),)


def sign_in(tab: Page, wiki: str, email: str) -> None:
    tab.goto(f"{wiki}/admin/")
    tab.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill(email)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab).to_have_url(f"{wiki}/admin/")


def follow(tab: Page, way: Locator) -> str:
    """Click what leads to another page, wait for all of it, and return its address.

    A click alone comes back when the other page begins: whoever then counts what is
    there, or goes on by an address, may be too early.
    """
    with tab.expect_navigation():
        way.click()
    return tab.url


def problems_at(tab: Page, addresses: Iterable[str]) -> list[str]:
    """Pages wider than the screen, and what breaks the accessibility rules.

    Each page is loaded once on either screen, and looked at in both themes.
    """
    problems = []
    for address, screen in product(addresses, (PHONE, DESK)):
        tab.set_viewport_size(screen)
        tab.goto(address)
        for theme in THEMES:
            found = broken_rules(tab, theme)
            wide = tab.evaluate("document.documentElement.scrollWidth")
            if wide > screen["width"]:
                found.append(f"{wide} pixels wide")
            where = f"{address} at {screen['width']}, {theme}"
            problems += [f"{where}: {problem}" for problem in found]
    return problems


def faults(tab: Page, looks: Iterable[tuple[int, Theme]] = LOOKS) -> list[str]:
    """What breaks the accessibility rules or does not fit the screen, anywhere."""
    found: list[str] = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{wide} pixels wide at {width}")
        if squeezed := tab.evaluate(SQUEEZED):
            found.append(f"no room for {squeezed[0]} at {width}")
        for theme in (theme for checked, theme in looks if checked == width):
            broken = broken_rules(tab, theme)
            found += [f"{width} {theme}: {rule}" for rule in broken]
    return found


def broken_rules(tab: Page, theme: Theme = "light") -> list[str]:
    """What breaks the accessibility rules as the page stands now."""
    tab.emulate_media(color_scheme=theme)
    # A page keeps what it has been given until another one is loaded.
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    broken: list[str] = tab.evaluate(VIOLATIONS, options)
    return broken
