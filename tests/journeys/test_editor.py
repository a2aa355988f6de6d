"""An editor's first hour: a new park, a ride in it, and what a visitor then sees."""

import pytest
from playwright.sync_api import Page, expect

from history.models import PageVersion
from parks.models import ParkIndexPage, ParkPage, RidePage
from tests.factories.people import make_person
from tests.journeys.looking import sign_in

pytestmark = pytest.mark.browser


def publish(tab: Page) -> None:
    tab.get_by_role("button", name="More actions").first.click()
    tab.get_by_role("button", name="Publish").click()
    expect(tab.locator(".messages")).to_contain_text("published")


def test_an_editor_publishes_a_park_and_a_ride_that_visitors_then_see(
    wiki: str, visitor: Page
) -> None:
    make_person("Editor", email="edda@example.org")
    sign_in(visitor, wiki, "edda@example.org")
    parks = ParkIndexPage.objects.get()

    visitor.goto(f"{wiki}/admin/pages/add/parks/parkpage/{parks.pk}/")
    visitor.locator("#id_title").fill("Luna Park")
    visitor.locator("#id_country").select_option("AU")
    visitor.locator("#id_status_periods-0-status").select_option("operating")
    visitor.locator("#id_status_periods-0-began").fill("c. 1902")
    publish(visitor)
    park = ParkPage.objects.get(slug="luna-park")

    visitor.goto(f"{wiki}/admin/pages/add/parks/ridepage/{park.pk}/")
    visitor.locator("#id_title").fill("Scenic Railway")
    visitor.locator("#id_status_periods-0-status").select_option("operating")
    visitor.locator("#id_status_periods-0-began").fill("13 December 1912")
    visitor.get_by_role("button", name="Add Track").click()
    visitor.locator("#id_tracks-0-height").fill("16 m")
    visitor.locator("#id_tracks-0-speed").fill("60 km/h")
    publish(visitor)

    ride = RidePage.objects.get(slug="scenic-railway")
    visitor.goto(wiki + ride.url)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Scenic Railway")
    expect(visitor.locator("main")).to_contain_text("13 December 1912")
    visitor.goto(wiki + park.url)
    expect(visitor.locator("main")).to_contain_text("c. 1902")
    expect(visitor.locator("main")).not_to_contain_text("1 January")
    expect(visitor.get_by_role("link", name="Scenic Railway").first).to_be_visible()
    assert PageVersion.objects.filter(object_uuid=ride.uuid).count() == 1


def test_a_wrong_figure_is_explained_in_the_form_and_nothing_typed_is_lost(
    wiki: str, visitor: Page
) -> None:
    make_person("Editor", email="edda@example.org")
    sign_in(visitor, wiki, "edda@example.org")
    parks = ParkIndexPage.objects.get()

    visitor.goto(f"{wiki}/admin/pages/add/parks/parkpage/{parks.pk}/")
    visitor.locator("#id_title").fill("Luna Park")
    visitor.locator("#id_country").select_option("AU")
    visitor.locator("#id_status_periods-0-status").select_option("operating")
    visitor.locator("#id_status_periods-0-began").fill("31 February 1902")
    visitor.get_by_role("button", name="More actions").first.click()
    visitor.get_by_role("button", name="Publish").click()

    expect(visitor.locator("#id_status_periods-0-began")).to_have_value(
        "31 February 1902"
    )
    expect(visitor.locator("#id_title")).to_have_value("Luna Park")
    expect(visitor.locator("form[data-edit-form]")).to_contain_text("February")
    assert not ParkPage.objects.exists()
