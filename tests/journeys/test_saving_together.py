"""Two browsers edit one ride: different facts go together, the same is asked about."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from history.conflicts.keeping import keep_text
from history.models import RefusedText
from history.reverting.contents import plain_facts
from parks.models import RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.journeys.looking import problems_at, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def ride(wiki: str) -> RidePage:
    return make_ride(make_park())


def a_refused_text(ride: RidePage, *, by: Any) -> RefusedText:
    """One that says otherwise than what Ben published after it had been begun."""
    began = plain_facts(RidePage, live(ride).serializable_data())
    mine, theirs = live(ride), live(ride)
    mine.begun_from = ride.live_revision_id
    theirs.seo_title, theirs.search_description = "The Beast of Ohio", "Loud"
    ben = make_person("admin", display_name="Ben")
    theirs.save_revision(user=ben).publish(user=ben)
    mine.seo_title, mine.search_description = "The Beast", "A wooden coaster"
    return keep_text(mine, by=by, began=began)


def editor(browser: Browser, wiki: str, name: str) -> Page:
    tab = browser.new_context().new_page()
    tab.set_default_timeout(20_000)
    tab.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    sign_in(tab, wiki, make_person("admin", display_name=name).email)
    return tab


def open_ride(tab: Page, wiki: str, ride: RidePage) -> None:
    tab.goto(f"{wiki}/admin/pages/{ride.pk}/edit/")
    # What is written before the editor has looked at its form is no change to it.
    tab.wait_for_load_state("networkidle")
    tab.get_by_role("tab", name="Promote").click()


def write(tab: Page, field: str, text: str) -> None:
    box = tab.locator(f"#id_{field}")
    box.clear()
    box.press_sequentially(text, delay=20)
    box.blur()


def publish(tab: Page) -> None:
    tab.get_by_role("button", name="More actions").click()
    tab.get_by_role("button", name="Publish", exact=True).click()


def go_on(tab: Page) -> None:
    """Agree to what the editor says about another save."""
    dialogue = tab.get_by_role("dialog", name="saved a new version")
    expect(dialogue).to_contain_text("both texts are brought together")
    dialogue.get_by_role("button", name="Publish").click()


def stopped(tab: Page, other: str) -> None:
    """Wait until autosave has stopped, and the editor knows of the other's save."""
    told = tab.get_by_text(f"{other} saved this meanwhile")
    expect(told.first).to_be_attached()
    listed = tab.get_by_role("button", name="saved a new version")
    expect(listed.first).to_be_attached()


def test_two_browsers_edit_one_ride(
    browser: Browser, wiki: str, ride: RidePage
) -> None:
    ann, ben = (editor(browser, wiki, name) for name in ("Ann", "Ben"))
    open_ride(ann, wiki, ride)
    open_ride(ben, wiki, ride)
    with ann.expect_response(lambda answer: "/edit/" in answer.url):
        write(ann, "search_description", "A wooden coaster")

    write(ben, "seo_title", "The Beast of the Midwest")
    stopped(ben, "Ann")
    publish(ben)
    go_on(ben)
    expect(ben.get_by_text("Ann has saved a draft meanwhile")).to_be_visible()
    after_ben = live(ride)
    write(ann, "seo_title", "The Beast")
    stopped(ann, "Ben")
    publish(ann)
    go_on(ann)
    expect(ann.get_by_role("heading", name="Not saved yet")).to_be_visible()
    asked = ann.get_by_role("button", name="Publish the result")
    ann.get_by_label("Take my text").check()
    asked.click()
    expect(ann.get_by_text("Published, with what others wrote.")).to_be_visible()

    both = live(ride)
    assert after_ben.search_description == ""
    assert (both.seo_title, both.search_description) == (
        "The Beast",
        "A wooden coaster",
    )


def test_the_page_that_asks_fits_the_screen_and_the_accessibility_rules(
    visitor: Page, wiki: str, ride: RidePage
) -> None:
    person = make_person("admin", display_name="Ann")
    kept = a_refused_text(ride, by=person)
    sign_in(visitor, wiki, person.email)

    problems = problems_at(visitor, [f"{wiki}/admin/kept-texts/{kept.pk}/"])

    expect(visitor.get_by_label("Take my text").first).to_be_attached()
    assert problems == []
