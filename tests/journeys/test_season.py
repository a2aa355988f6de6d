"""A season is prepared for many rides, kept in step with main, and goes live at once.

All of it without scripts: a batch fills the branch, people look at the site as it, main
moves on, and at its time all of it comes in or none.
"""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone

import pytest
from playwright.sync_api import Browser, Page, expect

from branches.actions import put_on
from branches.models import Proposal
from branches.releases.clock import publish_due
from branches.states import ProposalState
from core.jobs.running import run
from history.verifying import verify
from parks.models import RidePage, RideTrack
from tests.branches.proposing import piece, publish_height
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import publish
from tests.journeys.looking import follow
from tests.journeys.test_suggestion import signed_in

pytestmark = pytest.mark.browser

NAMES = ("Loop", "Corkscrew", "Racer", "Boomerang", "Comet")


@pytest.fixture
def rides(wiki: str) -> dict[str, RidePage]:
    park = make_park()
    return {name: make_ride(park, name, height="110 ft") for name in NAMES}


def heights() -> set[str]:
    return {str(track.height) for track in RideTrack.objects.all()}


def raise_all_on_a_branch(desk: Page, wiki: str) -> str:
    """The address of a branch on which every ride of the list is 120 feet high."""
    desk.goto(f"{wiki}/admin/ridepages/?category=roller_coaster")
    # Without scripts its menu stays closed.
    menu = desk.locator("a", has_text="Change all of these")
    desk.goto(f"{wiki}{menu.get_attribute('href')}")
    desk.get_by_role("radio", name=re.compile("Set a fact")).check()
    desk.get_by_role("textbox", name="Name").fill("Season 2027")
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_label("Fact").select_option("height")
    desk.get_by_label("What it shall say").fill("120 ft")
    desk.get_by_role("button", name="Show what would become of each page").click()
    expect(desk.get_by_role("row").filter(has_text="Changed")).to_have_count(len(NAMES))
    desk.get_by_label("Why").fill("All of them were raised")
    follow(desk, desk.get_by_role("button", name="Put them on the branch"))
    place = desk.locator("main p").filter(has_text="Branch:")
    return follow(desk, place.get_by_role("link").first)


def approve(tab: Page, branch: str, said: str) -> None:
    tab.goto(branch)
    tab.get_by_role("button", name=re.compile("^Approve")).click()
    expect(tab.locator("main")).to_contain_text(said)


def test_a_season_is_prepared_kept_in_step_and_goes_live_together(
    wiki: str, rides: dict[str, RidePage], browser: Browser
) -> None:
    editor = make_person("Editor", email="edda@example.org", display_name="Edda")
    make_person("Moderator", email="mo@example.org", display_name="Mo")
    desk = browser.new_context(java_script_enabled=False).new_page()
    signed_in(desk, wiki, "edda@example.org")
    branch = raise_all_on_a_branch(desk, wiki)

    # The site as the branch has it; everybody else sees what is published.
    follow(desk, desk.get_by_role("button", name="Look at the site as"))
    desk.goto(f"{wiki}{rides['Loop'].url}?units=imperial")
    expect(desk.locator("main")).to_contain_text("120 ft")
    visitor = browser.new_context(java_script_enabled=False).new_page()
    visitor.goto(f"{wiki}{rides['Loop'].url}?units=imperial")
    expect(visitor.locator("main")).to_contain_text("110 ft")

    # Main moves on with three of them: two go together with it, one is asked about.
    for name in ("Loop", "Racer"):
        publish(live(rides[name]), intensity="thrill")
    publish_height(rides["Comet"], "99 ft")
    desk.goto(branch)
    desk.get_by_role("link", name=re.compile("Update from main")).click()
    question = desk.get_by_role("radio", name="Take what the branch says")
    expect(question).to_have_count(1)
    question.check()
    desk.get_by_role("button", name="Bring the branch up to date").click()
    expect(desk.locator("main")).to_contain_text("Season 2027")

    # One gets another address as well. Reviewed, all of it waits for its time.
    proposal = Proposal.objects.get()
    put_on(
        proposal,
        piece(
            live(rides["Racer"]),
            "rename",
            slug="racer-2",
            tracks=tracks_on(proposal, rides["Racer"]),
        ),
        by=editor,
    )
    desk.goto(branch)
    desk.get_by_role("button", name="Hand in").click()
    expect(desk.locator("main")).to_contain_text("In review")
    desk.get_by_role("link", name="Choose a time").click()
    desk.get_by_label("Day").fill("2050-05-01")
    desk.get_by_label("Time", exact=True).fill("12:00")
    follow(desk, desk.get_by_role("button", name="Set the time"))
    moderator = browser.new_context(java_script_enabled=False).new_page()
    signed_in(moderator, wiki, "mo@example.org")
    approve(moderator, branch, "Scheduled")
    assert heights() == {"110 ft", "99 ft"}

    # Meanwhile the address is taken: at its time nothing goes live, and it says why.
    sibling = make_ride(
        rides["Racer"].get_parent(), "Racer 2", slug="racer-2", height="110 ft"
    )
    mail.outbox.clear()
    fall_due()
    assert heights() == {"110 ft", "99 ft"}
    [told] = {sent.body for sent in mail.outbox if editor.email in sent.to}
    assert "racer-2" in told

    # Once the way is free all of them switch in one change.
    publish(live(sibling), slug="racer-ii")
    approve(moderator, branch, "Published")
    assert {str(live(ride).tracks.get().height) for ride in rides.values()} == {
        "120 ft"
    }
    merged = Proposal.objects.get()
    assert merged.changeset is not None
    assert merged.changeset.versions.count() == len(NAMES)
    assert list(verify()) == []
    visitor.goto(f"{wiki}{live(rides['Racer']).url}?units=imperial")
    expect(visitor.locator("main")).to_contain_text("120 ft")


def fall_due() -> None:
    """Let the time of every release come, and a worker with it."""
    Proposal.objects.filter(state=ProposalState.SCHEDULED).update(
        due_at=timezone.now() - timedelta(minutes=1)
    )
    for job in publish_due():
        run(job.pk)


def tracks_on(proposal: Proposal, ride: RidePage) -> list[dict[str, object]]:
    """What the branch says of its tracks already."""
    tracks: list[dict[str, object]] = proposal.items.get(object_uuid=ride.uuid).content[
        "tracks"
    ]
    return tracks
