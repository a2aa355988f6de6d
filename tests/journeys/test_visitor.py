"""A visitor finds their way, on a phone and on a desk, with scripts and without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from parks.models import RideName
from tests import databases
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.journeys.looking import DESK

pytestmark = pytest.mark.browser


@pytest.fixture
def stocked(wiki: str) -> str:
    """The address of a wiki with a little of everything."""
    databases.fill_once("visitor", _stock)
    return wiki


def _stock() -> None:
    maker = make_company("Intamin", is_operator=True)
    model = make_model("Giga Coaster", manufacturer=maker)
    park = make_park(
        "Cedar Point", city="Sandusky", latitude="41.48", longitude="-82.68"
    )
    ride = make_ride(
        park,
        "Millennium Force",
        height="310 ft",
        speed="93 mph",
        maker=maker,
        model=model,
    )
    ride.names.add(RideName(text="Working Title", kind="working", ended="1999"))
    ride.save_revision().publish()
    make_ride(park, "Witches' Wheel", category="flat", status="demolished")
    make_park("Phantasialand", country="DE", status="closed")


def test_a_visitor_finds_a_ride_by_a_former_name_and_changes_the_units(
    stocked: str, visitor: Page
) -> None:
    visitor.set_viewport_size(DESK)
    visitor.goto(stocked)
    box = visitor.locator("main").get_by_label("Search parks, rides and makers")
    box.fill("working title")
    box.press("Enter")
    visitor.get_by_role("link", name="Millennium Force").click()
    expect(visitor.locator(".figures")).to_contain_text("94.5")

    visitor.get_by_role("button", name="ft").click()
    expect(visitor.locator(".figures")).to_contain_text("310")
    visitor.get_by_role("link", name="Cedar Point").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Cedar Point")
    expect(visitor.get_by_role("button", name="ft")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_filter_changes_the_list_and_the_address_in_place(
    stocked: str, visitor: Page
) -> None:
    visitor.goto(f"{stocked}/parks/")
    visitor.evaluate("window.stillTheSamePage = true")

    visitor.get_by_label("Country").select_option("DE")

    expect(visitor.locator("#list")).not_to_contain_text("Cedar Point")
    expect(visitor.locator("#list")).to_contain_text("Phantasialand")
    expect(visitor).to_have_url(re.compile(r"country=DE"))
    assert visitor.evaluate("window.stillTheSamePage")

    visitor.get_by_role("button", name="ft").click()
    expect(visitor.get_by_role("button", name="ft", pressed=True)).to_be_visible()
    expect(visitor).to_have_url(re.compile(r"country=DE"))


def test_the_filter_the_search_and_the_toggle_work_without_scripts(
    stocked: str, browser: Browser
) -> None:
    tab = browser.new_page(java_script_enabled=False)
    try:
        tab.goto(f"{stocked}/parks/")
        tab.get_by_label("Country").select_option("DE")
        tab.get_by_role("button", name="Show").click()
        expect(tab.locator("#list")).not_to_contain_text("Cedar Point")
        tab.get_by_role("button", name="ft").click()
        expect(tab).to_have_url(re.compile(r"/parks/\?.*country=DE"))
    finally:
        tab.close()


def test_the_keyboard_reaches_the_content_first(wiki: str, visitor: Page) -> None:
    visitor.goto(wiki)

    visitor.keyboard.press("Tab")
    expect(visitor.get_by_role("link", name="Skip to content")).to_be_focused()
    visitor.keyboard.press("Enter")

    expect(visitor.locator("main")).to_be_focused()
