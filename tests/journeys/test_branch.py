"""An editor changes two pages on a branch; both are live at once when it is merged."""

from typing import Any

from wagtail.models import Revision

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from branches.actions import begin_branch, put_all_on
from branches.models import Proposal
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage
from tests.branches.proposing import new_piece, piece
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.published import live
from tests.journeys.looking import follow, problems_at, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(wiki: str) -> Any:
    return make_person("Editor", display_name="Edda")


def said(tab: Page) -> Locator:
    """What the admin says at the top; pickers have a status of their own, empty."""
    return tab.locator(".messages[role=status]")


def write_city(tab: Page, wiki: str, park: ParkPage, city: str) -> None:
    """Find the page in the tree of pages, and say on the branch where it is."""
    tab.goto(f"{wiki}/admin/pages/{park.get_parent().pk}/")
    tab.get_by_role("link", name=park.title, exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text(park.title)
    tab.wait_for_load_state("networkidle")
    place = tab.get_by_role("region", name="Place")
    place.get_by_role("button", name="Toggle section").click()
    tab.locator("#id_city").fill(city)
    tab.get_by_role("button", name="Save on the branch").click()
    expect(said(tab)).to_contain_text("Saved on the branch")


def test_two_pages_are_edited_on_a_branch_and_published_together(
    browser: Browser, wiki: str, editor: Any
) -> None:
    one, other = make_park(city="Huron"), make_park(title="Other park")
    drafts = Revision.objects.count()
    tab = browser.new_context().new_page()
    tab.set_default_timeout(20_000)
    tab.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    sign_in(tab, wiki, editor.email)

    tab.goto(f"{wiki}/admin/branches/")
    tab.get_by_role("link", name="Begin a branch").click()
    tab.get_by_label("Name").fill("Season 2027")
    tab.get_by_label("What it is for").fill("For the new season")
    follow(tab, tab.get_by_role("button", name="Begin it"))
    write_city(tab, wiki, one, "Sandusky")
    tab.get_by_role("button", name="Toggle preview").click()
    preview = tab.frame_locator("#w-preview-iframe")
    expect(preview.locator("main")).to_contain_text("Sandusky")
    write_city(tab, wiki, other, "Rust")
    tab.get_by_role("link", name="Its pages").click()
    expect(tab.get_by_role("row")).to_have_count(3)
    assert Revision.objects.count() == drafts
    tab.get_by_role("button", name="Hand in for review").click()
    expect(said(tab)).to_contain_text("It is handed in")

    branch = Proposal.objects.branches().get()
    moderator = make_person("Moderator")
    approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)
    assert (live(one).city, live(other).city) == ("Sandusky", "Rust")
    tab.goto(f"{wiki}/admin/")
    expect(said(tab)).to_contain_text("on the main line again")


def test_the_pages_of_branches_fit_every_screen_and_every_reader(
    visitor: Page, wiki: str, editor: Any
) -> None:
    park = make_park(city="Huron")
    new = ParkPage(title="Annexe", country="US")
    branch = begin_branch("Season 2027", by=editor, reason="For the new season")
    pieces = [piece(park, city="Rust"), new_piece(new, park.get_parent().specific.uuid)]
    put_all_on(branch, pieces, by=editor)
    sign_in(visitor, wiki, editor.email)
    own = f"{wiki}/admin/branches/{branch.pk}/"
    visitor.goto(own)
    follow(visitor, visitor.get_by_role("button", name="Work on it"))
    pages = [
        *(f"{wiki}/admin/branches/", own, f"{own}pages/{park.uuid}/delete/"),
    ]

    assert problems_at(visitor, pages) == []
