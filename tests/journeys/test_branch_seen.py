"""Looking at the site as a branch: an editor chooses it, somebody else has a link.

All of it works without scripts.
"""

import re

import pytest
from playwright.sync_api import Browser, expect

from branches.actions import put_on
from parks.models import RidePage
from tests.branches.proposing import branch_with, new_piece, piece
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.journeys.looking import PHONE, problems_at
from tests.journeys.test_suggestion import signed_in

pytestmark = pytest.mark.browser


def test_an_editor_looks_at_a_branch_and_lets_somebody_else_look(
    wiki: str, browser: Browser
) -> None:
    editor = make_person("Editor", email="edda@example.org", display_name="Edda")
    park = make_park(city="Mason")
    ride = make_ride(park, height="110 ft")
    branch = branch_with(piece(park, city="Huron"), piece(ride, "delete"), by=editor)
    put_on(
        branch,
        new_piece(RidePage(title="Wet Ghost", category="water"), park.uuid),
        by=editor,
    )
    desk = browser.new_context(java_script_enabled=False).new_page()
    signed_in(desk, wiki, "edda@example.org")

    # The editor finds the branch from the menu and sees the site as it.
    desk.set_viewport_size(PHONE)
    desk.goto(f"{wiki}/")
    desk.locator("header summary:visible").click()
    desk.locator("header").get_by_role("link", name="Branches").last.click()
    desk.get_by_role("button", name="Look at the site as").click()
    expect(desk.get_by_label("Branch", exact=True)).to_contain_text("Season 2027")
    desk.goto(wiki + park.url)
    expect(desk.locator("main")).to_contain_text("Wet Ghost new here")
    expect(desk.locator("main")).not_to_contain_text(ride.title)

    # The banner leads to what is different, and the branch to a link for others.
    desk.get_by_role("link", name="What is different").click()
    expect(desk.locator("main")).to_contain_text("Mason")
    desk.get_by_role("link", name="The branch").click()
    desk.get_by_role("button", name="Make a link for seven days").click()
    link = desk.get_by_label(re.compile("The link, until")).input_value()

    other = browser.new_context().new_page()
    other.goto(link)
    expect(other).to_have_url(f"{wiki}/")
    other.goto(f"{wiki}{park.url}wet-ghost/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Wet Ghost")
    there = [wiki + park.url]
    assert problems_at(other, there) == []

    # Whoever leaves sees what is published; so does everybody else all along.
    other.goto(wiki + park.url)
    other.get_by_role("button", name="Leave").click()
    expect(other.locator("main")).to_contain_text(ride.title)
    gone = other.goto(f"{wiki}{park.url}wet-ghost/")
    assert gone is not None
    assert gone.status == 404

    page = browser.new_context(storage_state=desk.context.storage_state()).new_page()
    there = [wiki + branch.get_absolute_url(), f"{wiki}/branches/"]
    assert problems_at(page, there) == []
