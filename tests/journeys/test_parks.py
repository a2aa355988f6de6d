"""A visitor looks around parks: map, timeline, gallery, latest changes, countries."""

import re
from collections.abc import Iterator

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

import pytest
from playwright.sync_api import Browser, Page, expect

from parks.models import ParkArea, ParkPage, ParkPicture, ParkSeason, RideStay
from tests.factories.pages import make_park, make_ride
from tests.journeys.looking import DESK, PHONE, broken_rules

pytestmark = [
    pytest.mark.browser,
    # Wagtail leaves the spool files it draws pictures in to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]


@pytest.fixture
def park(wiki: str) -> ParkPage:
    """A park that has something to show in every section, and two near it."""
    photos = [
        get_image_model().objects.create(
            title=title, file=get_test_image_file(size=(660, 440)), credit="Ada"
        )
        for title in ("Midway", "Lift hill")
    ]
    park = make_park("Cedar Point", latitude="41.48", longitude="-82.68")
    park.gallery = [ParkPicture(photo=photo) for photo in photos]
    park.seasons = [ParkSeason(year=2025)]
    park.save_revision().publish()
    area = ParkArea.objects.create(park=park, name="Main Midway")
    ride = make_ride(park, "Gemini", opened="1978")
    ride.stays = [RideStay(park=park, area=area)]
    ride.save_revision().publish()
    make_park("Geauga Lake", latitude="41.35", longitude="-81.38", status="demolished")
    make_park("Luna Park", latitude="41.49", longitude="-81.69", status="closed")
    return ParkPage.objects.get(pk=park.pk)


@pytest.fixture
def strangers(visitor: Page, wiki: str) -> Iterator[list[str]]:
    """Every other host the page asks, and every error it reports."""
    found: list[str] = []
    visitor.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((wiki, "data:", "blob:"))
            else found.append(asked.url)
        ),
    )
    visitor.on(
        "console",
        lambda said: found.append(said.text) if said.type == "error" else None,
    )
    yield found
    assert found == []


def test_a_visitor_looks_around_a_park_by_keyboard(
    wiki: str, park: ParkPage, visitor: Page, strangers: list[str]
) -> None:
    visitor.set_viewport_size(DESK)
    visitor.goto(wiki + park.url)

    # The list at the head leads through the page and says where one is.
    nav = visitor.get_by_role("navigation", name="On this page")
    lead = nav.get_by_role("link", name="Map")
    lead.press("Enter")
    expect(lead).to_have_attribute("aria-current", "true")

    # A marker opens its popup, whose link has the focus until Escape gives it back.
    pin = visitor.get_by_role("button", name="Cedar Point, Operating")
    pin.press("Enter")
    link = visitor.get_by_role("link", name="Cedar Point").and_(
        visitor.locator(".leaflet-popup a")
    )
    expect(link).to_be_focused()
    assert broken_rules(visitor) == []
    visitor.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(pin).to_be_focused()

    # Two that lie together come apart.
    visitor.get_by_role("button", name="2 parks close together").press("Enter")
    expect(visitor.get_by_role("button", name="Luna Park, Closed")).to_be_visible()

    # A picture opens large on the page; arrows leaf on; Escape leads back to it.
    pictures = visitor.get_by_role("link", name=re.compile("in full size"))
    pictures.first.press("Enter")
    box = visitor.get_by_role("dialog", name="Gallery")
    expect(box.get_by_role("status")).to_have_text("1 of 2")
    expect(box.locator("figcaption")).to_contain_text("Ada")
    assert broken_rules(visitor) == []
    visitor.keyboard.press("ArrowRight")
    expect(box.get_by_role("status")).to_have_text("2 of 2")
    visitor.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(pictures.first).to_be_focused()

    latest = visitor.locator("#latest-changes")
    latest.scroll_into_view_if_needed()
    expect(latest.get_by_role("listitem")).to_have_count(2)


LEFT = "name => name.getBoundingClientRect().left"
# Whatever a name stands over, it is the name that is seen there.
IS_ON_TOP = """name => {
  const { left, width, top, height } = name.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === name;
}"""


def test_a_phone_shows_parks_on_a_map_in_the_dark_and_keeps_names_in_sight(
    wiki: str, park: ParkPage, visitor: Page, strangers: list[str]
) -> None:
    visitor.set_viewport_size(PHONE)
    visitor.emulate_media(color_scheme="dark")
    for address in ("/parks/?view=map", "/countries/", "/countries/us/", park.url):
        visitor.goto(wiki + address)
        visitor.locator("[data-map]").scroll_into_view_if_needed()
        expect(visitor.locator(".map-ready .leaflet-marker-icon").first).to_be_visible()
        assert broken_rules(visitor) == [], address
        width = visitor.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address

    for name in (".chart-label", ".chart-heading"):
        first = visitor.locator(name).first
        first.scroll_into_view_if_needed()
        assert 0 <= first.evaluate(LEFT) <= PHONE["width"], name
        assert first.evaluate(IS_ON_TOP), name


def test_a_filtered_map_shows_what_is_left_and_comes_back_on_the_way_back(
    wiki: str, park: ParkPage, visitor: Page, strangers: list[str]
) -> None:
    make_park("Phantasialand", country="DE", latitude="50.8", longitude="6.88")
    visitor.goto(f"{wiki}/parks/?view=map")
    german = visitor.get_by_role("button", name="Phantasialand, Operating")
    expect(german).to_be_visible()

    visitor.get_by_label("Country").select_option("DE")
    expect(visitor).to_have_url(re.compile("country=DE"))
    expect(visitor.locator(".leaflet-marker-icon")).to_have_count(1)
    visitor.go_back()

    expect(visitor.locator(".leaflet-marker-icon")).to_have_count(2)


def test_a_park_says_everything_without_scripts(
    wiki: str, park: ParkPage, browser: Browser
) -> None:
    tab = browser.new_page(java_script_enabled=False)
    try:
        tab.goto(wiki + park.url)
        expect(tab.locator("#nearby")).to_contain_text("Geauga Lake")
        tab.get_by_text("The same as a table").click()
        expect(tab.locator(".chart-table")).to_contain_text("operating since 1978")
        expect(tab.locator(".seasons")).to_contain_text("dates not recorded")
        tab.get_by_role("link", name=re.compile("in full size")).first.click()
        expect(tab).to_have_url(re.compile(r"/media/.*width-1200.*\.jpg$"))
        tab.go_back()
        tab.get_by_role("link", name="All changes").click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Cedar Point")
    finally:
        tab.close()
