"""A correction on its way: a member suggests it, a moderator decides, visitors see it.

Each step works without scripts; the preview beside the form is what scripts add.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from branches.actions import look_again
from branches.models import Proposal
from parks.models import RidePage
from tests.branches.proposing import suggested
from tests.factories.pages import make_park, make_ride
from tests.factories.people import PASSWORD, make_person
from tests.history.published import live
from tests.history.suppression.hiding import publish
from tests.journeys.looking import follow, problems_at

pytestmark = pytest.mark.browser


@pytest.fixture
def ride(wiki: str) -> RidePage:
    return make_ride(make_park(city="Mason"), height="110 ft", drop="105 ft")


def signed_in(tab: Page, wiki: str, email: str) -> Page:
    tab.set_default_timeout(20_000)
    tab.goto(f"{wiki}/accounts/login/")
    tab.get_by_label("E-mail address").fill(email)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.locator("main").get_by_role("button", name="Sign in").click()
    expect(tab.get_by_label("E-mail address")).to_have_count(0)
    return tab


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_member_corrects_a_figure_and_visitors_see_it_once_it_is_approved(
    wiki: str, ride: RidePage, browser: Browser, scripts: bool
) -> None:
    make_person("Member", email="mira@example.org", display_name="Mira")
    make_person("Moderator", email="mo@example.org", display_name="Mo")
    visitor = browser.new_context(java_script_enabled=scripts).new_page()
    member = signed_in(
        browser.new_context(java_script_enabled=scripts).new_page(),
        wiki,
        "mira@example.org",
    )

    # The member finds the way from the page, and is told of a slip beside the field.
    member.goto(wiki + ride.url)
    member.get_by_role("link", name="Suggest an edit").click()
    drop = member.locator("#id_tracks-0-drop")
    drop.fill("1410 ft")
    if scripts:
        drop.blur()
    else:
        member.get_by_role("button", name="Preview").click()
    expect(member.get_by_role("alert")).to_contain_text("Drop")
    drop = member.locator("#id_tracks-0-drop")
    expect(drop).to_have_value("1410 ft")

    # A drop greater than the height is no error: the ride stands on a slope.
    drop.fill("141 ft")
    if scripts:
        drop.blur()
    else:
        member.get_by_role("button", name="Preview").click()
    expect(member.locator("#preview")).to_contain_text("141 ft")
    member.get_by_label("What you change and why").fill("The drop is 141 feet")
    member.get_by_label("Where it can be checked").fill("The sign at the station")
    follow(member, member.get_by_role("button", name="Hand in"))
    expect(member.get_by_role("heading", level=1)).to_have_text("The Beast")
    if member.locator("#id_accept_warnings").count():
        member.locator("#id_accept_warnings").check()
        member.get_by_role("button", name="Hand in").click()
    expect(member.locator("main")).to_contain_text("In review")
    suggestion = member.url
    visitor.goto(wiki + ride.url)
    expect(visitor.locator("main")).not_to_contain_text("141 ft")

    # The moderator reads it against the page and approves.
    moderator = signed_in(
        browser.new_context(java_script_enabled=scripts).new_page(),
        wiki,
        "mo@example.org",
    )
    moderator.goto(f"{wiki}/admin/snippets/branches/proposal/")
    expect(moderator.get_by_role("link", name="The Beast")).to_have_attribute(
        "href", suggestion.removeprefix(wiki)
    )
    moderator.goto(suggestion)
    expect(moderator.locator("main")).to_contain_text("141 ft")
    moderator.get_by_role("button", name="Approve and publish").click()
    expect(moderator.locator("main")).to_contain_text("Published")

    visitor.goto(f"{wiki}{ride.url}?units=imperial")
    expect(visitor.locator("main")).to_contain_text("141 ft")
    visitor.goto(f"{wiki}{ride.url}history/")
    expect(visitor.locator("main")).to_contain_text("Mira")
    expect(visitor.locator("main")).to_contain_text("The drop is 141 feet")
    member.goto(f"{wiki}/suggestions/")
    expect(member.locator("main")).to_contain_text("Published")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_conflict_is_settled_by_its_author_and_approved_again(
    wiki: str, ride: RidePage, browser: Browser, scripts: bool
) -> None:
    member = make_person("Member", email="mira@example.org", display_name="Mira")
    make_person("Moderator", email="mo@example.org", display_name="Mo")
    park = ride.get_parent().specific
    proposal = suggested(park, by=member, city="Kings Mills")
    publish(park, city="Deerfield")
    look_again(proposal)
    tab = signed_in(
        browser.new_context(java_script_enabled=scripts).new_page(),
        wiki,
        "mira@example.org",
    )

    tab.goto(f"{wiki}/suggestions/")
    expect(tab.locator("main")).to_contain_text("In conflict")
    tab.get_by_role("link", name=park.title).click()
    tab.get_by_role("link", name="Settle the conflicts").click()
    for city in ("Mason", "Deerfield", "Kings Mills"):
        expect(tab.locator("main")).to_contain_text(city)
    # By keyboard: into the group, down to the second choice.
    tab.get_by_role("radio", name="Keep what is on the page now").focus()
    tab.keyboard.press("ArrowDown")
    expect(
        tab.get_by_role("radio", name="Take what the suggestion says")
    ).to_be_checked()
    # Further down, something else can be written, and the result is shown before.
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("radio", name="Write something else")).to_be_checked()
    own = tab.get_by_role("textbox", name="City")
    own.fill("Kings Island")
    if scripts:
        own.blur()
    else:
        tab.get_by_role("button", name="Show the result").click()
    expect(tab.locator("#result")).to_contain_text("Kings Island")
    tab.get_by_role("button", name="Hand in the result").click()
    expect(tab.locator("main")).to_contain_text("In review")

    other = signed_in(
        browser.new_context(java_script_enabled=scripts).new_page(),
        wiki,
        "mo@example.org",
    )
    other.goto(wiki + proposal.get_absolute_url())
    other.get_by_role("button", name="Approve and publish").click()
    expect(other.locator("main")).to_contain_text("Published")
    assert live(park).city == "Kings Island"


def test_the_pages_of_suggestions_fit_every_screen_and_every_reader(
    wiki: str, ride: RidePage, visitor: Page
) -> None:
    moderator = make_person("Moderator", email="mo@example.org")
    park = ride.get_parent().specific
    proposal = suggested(park, by=moderator, city="Kings Mills")
    publish(park, city="Deerfield")
    look_again(proposal)
    signed_in(visitor, wiki, "mo@example.org")
    own = proposal.get_absolute_url()
    other = suggested(ride, by=make_person("Member"), track_height="240 m")
    amended = f"{other.get_absolute_url()}amend/"
    pages = [
        f"{wiki}{address}"
        for address in (
            *(f"{ride.url}suggest/", "/suggestions/", own, f"{own}settle/"),
            *(other.get_absolute_url(), amended),
        )
    ]

    assert problems_at(visitor, pages) == []
    assert re.fullmatch(r"/suggestions/\d+/", own)
    assert Proposal.objects.count() == 2
