"""A ride went to another park and got another name there: one suggestion says it all.

It moves what others rely on, so two people look at it.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from parks.models import ParkPage, RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.journeys.looking import follow
from tests.journeys.test_suggestion import signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def ride(wiki: str) -> RidePage:
    old = make_park("Boardwalk", city="Ocean City", opened="1900")
    make_park("Kings Island", city="Mason", opened="1972-04-29")
    return make_ride(old, "The Beast", opened="1979-04-14")


def hand_in_the_move(tab: Page, address: str) -> None:
    tab.goto(address)
    follow(tab, tab.get_by_role("link", name="Suggest an edit"))
    folded = tab.locator("main form details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()
    tab.locator("#id_title").fill("The Hound")
    tab.locator("#id_stays-0-ended").fill("1992")
    tab.locator("#id_stays-1-park").fill("Kings Island")
    tab.locator("#id_stays-1-began").fill("1993")
    tab.locator("#id_stays-1-continuity").select_option("relocated_same_track")
    tab.locator("#id_names-0-text").fill("The Beast")
    tab.locator("#id_names-0-kind").select_option("former")
    tab.locator("#id_names-0-ended").fill("1992")
    tab.get_by_label("What you change and why").fill("It moved to Mason in 1993")
    tab.get_by_label("Where it can be checked").fill("https://example.org/moves")
    follow(tab, tab.get_by_role("button", name="Hand in"))
    if tab.locator("#id_accept_warnings").count():
        tab.locator("#id_accept_warnings").check()
        tab.get_by_role("button", name="Hand in").click()
    expect(tab.locator("main")).to_contain_text("In review")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_member_tells_of_a_move_and_two_moderators_let_it_happen(
    wiki: str, ride: RidePage, browser: Browser, settings: Settings, scripts: bool
) -> None:
    settings.SECOND_APPROVALS = True
    old_address, old_park = wiki + ride.url, ride.get_parent().specific
    make_person("Member", email="mira@example.org", display_name="Mira")

    def tab() -> Page:
        return browser.new_context(java_script_enabled=scripts).new_page()

    member = signed_in(tab(), wiki, "mira@example.org")
    hand_in_the_move(member, old_address)
    expect(member.locator("main")).to_contain_text("would move to Kings Island")

    for name, said in (("mo", "1 of 2"), ("max", "Published")):
        make_person("Moderator", email=f"{name}@example.org", display_name=name)
        moderator = signed_in(tab(), wiki, f"{name}@example.org")
        moderator.goto(member.url)
        moderator.get_by_role("button", name=re.compile("^Approve")).click()
        expect(moderator.locator("main")).to_contain_text(said)

    visitor = tab()
    answer = visitor.goto(old_address)
    assert answer is not None
    led_from = answer.request.redirected_from
    assert led_from is not None
    assert led_from.redirected_from is None, "the old address leads there in one step"
    expect(visitor.get_by_role("heading", level=1)).to_have_text("The Hound")
    new_park = ParkPage.objects.get(title="Kings Island")
    assert visitor.url.startswith(wiki + new_park.url)
    visitor.goto(f"{visitor.url}?as_of=1990")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("The Beast")
    expect(visitor.locator("main")).to_contain_text("Boardwalk")
    visitor.goto(wiki + old_park.url)
    expect(visitor.locator("#moved")).to_be_visible()
    visitor.goto(wiki + new_park.url)
    expect(visitor.get_by_role("link", name="The Hound").first).to_be_visible()
