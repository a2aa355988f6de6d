"""Rides of a list are closed together, reviewed, published by a job, and opened again.

Each step is a form or a link; scripts only open menus, and show how far a job is.
"""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from branches.batches.actions import Target, make_batch
from branches.batches.working import BATCH_JOB
from branches.merging.jobs import KIND, latest_job, slot_of
from branches.models import Batch, Proposal
from branches.releases.scheduling import schedule
from core.jobs.actions import start_job
from core.jobs.models import Job, JobState
from parks.models import RidePage
from tests.branches.proposing import branch_with, piece
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.journeys.looking import Theme, faults, sign_in
from tests.journeys.test_suggestion import signed_in

pytestmark = pytest.mark.browser

# Sizes are the same in either theme, and colours on every screen.
LOOKS: tuple[tuple[int, Theme], ...] = ((360, "light"), (1280, "dark"))


@pytest.fixture
def rides(wiki: str) -> list[RidePage]:
    """Of those in the list one closes, one has gone before, one was not there yet."""
    park = make_park()
    make_ride(park, "Splash", category="water")
    return [
        make_ride(park, "Loop"),
        make_ride(park, "Gone", status="demolished"),
        make_ride(park, "Too New", opened="2024"),
    ]


def statuses() -> dict[str, str]:
    return dict(RidePage.objects.values_list("title", "status"))


def change_all_of_the_list(desk: Page, wiki: str) -> str:
    """Filter the list of rides, and go from it to what shall be done with them."""
    desk.goto(f"{wiki}/admin/ridepages/?category=roller_coaster")
    desk.get_by_role("button", name="Actions").first.click()
    desk.get_by_role("link", name="Change all of these").click()
    expect(desk.locator("main")).to_contain_text("3 pages were chosen")
    return desk.url


def row(desk: Page, title: str) -> str:
    cells = desk.get_by_role("row").filter(has_text=title).get_by_role("cell")
    return cells.nth(2).inner_text()


def put_on_branch_and_hand_in(desk: Page, why: str) -> str:
    """The address of the branch."""
    desk.get_by_label("Why").fill(why)
    desk.get_by_label("All or nothing").uncheck()
    desk.get_by_role("button", name="Put them on the branch").click()
    expect(desk.locator(".messages")).to_contain_text("It is on its branch")
    desk.locator("main p").filter(has_text="Branch:").get_by_role("link").first.click()
    desk.get_by_role("button", name="Hand in").click()
    expect(desk.locator("main")).to_contain_text("In review")
    return desk.url


def test_rides_of_a_list_are_closed_together_and_opened_again(
    visitor: Page, wiki: str, rides: list[RidePage], browser: Browser
) -> None:
    make_person("Moderator", email="mo@example.org")
    sign_in(visitor, wiki, make_person("Editor").email)
    chosen = change_all_of_the_list(visitor, wiki)
    state = visitor.context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=state)
    desk = plain.new_page()

    # Without scripts: what would become of each is shown before anything is.
    desk.goto(chosen)
    desk.get_by_role("radio", name=re.compile("Close rides")).check()
    desk.get_by_role("textbox", name="Name").fill("End of the season")
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_label("Since when").fill("October 2020")
    desk.get_by_role("button", name="Show what would become of each page").click()
    expect(desk.get_by_role("row")).to_have_count(4)
    found = {ride.title: row(desk, ride.title) for ride in rides}
    assert found == {"Loop": "Changed", "Gone": "Unchanged", "Too New": "Not possible"}
    assert not Proposal.objects.exists()
    batch = desk.url.partition("#")[0]
    branch = put_on_branch_and_hand_in(desk, "The park said so")
    assert statuses()["Loop"] == "operating"

    # Somebody else approves; a worker publishes.
    other = browser.new_context(java_script_enabled=False).new_page()
    signed_in(other, wiki, "mo@example.org")
    other.goto(branch)
    other.get_by_role("button", name="Approve and publish").click()
    expect(other.locator("main")).to_contain_text("Published")
    job = latest_job(Proposal.objects.get())
    assert job is not None
    assert (job.state, job.done) == (JobState.DONE, 1)
    others = {"Gone": "demolished", "Too New": "operating", "Splash": "operating"}
    assert statuses() == {"Loop": "closed", **others}

    # With them one button takes all of it back, as a branch that is reviewed as well.
    visitor.goto(batch)
    visitor.get_by_role("button", name="Take the whole batch back").click()
    expect(visitor.locator("main")).to_contain_text("Put 1 page on a branch")
    put_on_branch_and_hand_in(visitor, "It was only for the winter")
    assert statuses()["Loop"] == "closed"
    visitor.goto(batch)
    expect(visitor.locator("main")).to_contain_text("Taken back by")
    expect(visitor.locator("main")).to_contain_text("In review")


def at_work(kind: str, slot: str, by: object) -> Job:
    """A job that somebody is at, half way through."""
    job = start_job(kind=kind, by=by, slot=slot, ring=False)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=2, total=4)
    return job


def test_the_pages_of_batches_and_releases_fit_every_screen_and_every_reader(
    visitor: Page, wiki: str, rides: list[RidePage]
) -> None:
    moderator = make_person("Moderator", display_name="Mo")
    targets = [Target(ride.uuid, ride.title) for ride in rides]
    said = {"status": "closed", "date": "2020", "note": ""}
    tried, busy = (
        make_batch("close", targets, said, by=moderator, name=name, dry_run=True)
        for name in ("End of the season", "Another one")
    )
    Batch.objects.filter(pk=busy.pk).update(job=at_work(BATCH_JOB, "b", moderator))
    branch = branch_with(piece(rides[0], seo_title="Loop!"), by=moderator)
    schedule(branch, at=datetime(2050, 5, 1, 12, tzinfo=UTC), by=moderator)
    at_work(KIND, slot_of(branch), moderator)
    sign_in(visitor, wiki, moderator.email)

    found: list[str] = []
    for path in (
        *("/admin/batches/", f"/admin/batches/new/?id={rides[0].pk}"),
        *(tried.get_absolute_url(), busy.get_absolute_url()),
        "/admin/releases/?month=2050-05",
        *(branch.get_absolute_url(), f"{branch.get_absolute_url()}schedule/"),
        f"/admin/branches/{branch.pk}/schedule/",
        "/admin/batches/rollback/",
    ):
        visitor.goto(wiki + path)
        found += [f"{path}: {fault}" for fault in faults(visitor, LOOKS)]
    visitor.get_by_role("button", name="Show what would become").click()
    expect(visitor.get_by_text("This field is required.")).to_be_visible()
    found += [f"with errors: {fault}" for fault in faults(visitor, LOOKS)]

    assert found == []
