"""The branches in the admin: begun, chosen, handed in, given up."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from branches.actions import begin_branch, describe_branch, put_all_on
from branches.models import Proposal
from branches.states import ProposalState
from parks.models import ParkPage, RidePage
from tests.branches.proposing import piece
from tests.factories.pages import make_ride
from tests.history.suppression.hiding import publish
from tests.moderation.admin_forms import words

pytestmark = pytest.mark.usefixtures("home")
BEGIN = "/admin/branches/begin/"


def home_of(branch: Proposal) -> str:
    return f"/admin/branches/{branch.pk}/"


def test_whoever_begins_a_branch_is_on_it(as_editor: Client) -> None:
    told = {"title": " Season 2028 ", "reason": "New rides", "merges_whole": ""}

    answer = as_editor.post(BEGIN, told, follow=True)

    branch = Proposal.objects.branches().get()
    assert (branch.title, branch.reason) == ("Season 2028", "New rides")
    assert not branch.merges_whole
    assert "You are on the branch Season 2028" in words(answer)


@pytest.mark.parametrize("name", ["", "Season 2027"], ids=["none", "taken"])
def test_a_branch_needs_a_name_of_its_own(
    as_editor: Client, branch: Proposal, name: str
) -> None:
    answer = as_editor.post(BEGIN, {"title": name, "merges_whole": "1"})

    assert answer.status_code == 422
    assert Proposal.objects.branches().count() == 1


def test_all_or_nothing_is_refused_beside_its_box_where_there_are_too_many_pages(
    as_editor: Client,
    branch: Proposal,
    editor: Any,
    park: ParkPage,
    ride: RidePage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("branches.rights.MOST_ITEMS", 1)
    describe_branch(branch, by=editor, merges_whole=False)
    put_all_on(branch, [piece(park, city="Rust"), piece(ride, "delete")], by=editor)
    told = {"title": branch.title, "reason": "Why", "merges_whole": "1"}

    answer = as_editor.post(f"{home_of(branch)}describe/", told)

    assert answer.status_code == 422
    [why] = answer.context["form"].errors["merges_whole"]
    assert why.startswith("At most 1 pages are published all at once")
    branch.refresh_from_db()
    assert (branch.merges_whole, branch.reason == "Why") == (False, False)


def test_the_lists_are_ones_own_all_at_work_and_the_settled(
    as_editor: Client, branch: Proposal, moderator: Any
) -> None:
    begin_branch("Mos branch", by=moderator)
    gone = begin_branch("Given up", by=moderator)
    as_editor.post(f"{home_of(gone)}withdraw/")

    def names(which: str) -> set[str]:
        shown = words(as_editor.get("/admin/branches/", {"which": which}))
        return {n for n in ("Season 2027", "Mos branch", "Given up") if n in shown}

    assert names("mine") == {"Season 2027"}
    assert names("work") == {"Season 2027", "Mos branch"}
    assert names("settled") == {"Given up"}


def test_one_goes_back_to_main_with_one_button(on_branch: Client) -> None:
    assert "You are on the branch" in words(on_branch.get("/admin/"))

    on_branch.post("/admin/branches/leave/")

    assert "You are on the branch" not in words(on_branch.get("/admin/"))


def test_on_main_the_bar_costs_no_query(as_editor: Client, branch: Proposal) -> None:
    def queries() -> list[str]:
        as_editor.get("/admin/account/")
        with CaptureQueriesContext(connection) as seen:
            as_editor.get("/admin/account/")
        return [q["sql"] for q in seen if "branches_proposal" in q["sql"]]

    assert queries() == []
    as_editor.post(f"{home_of(branch)}choose/")
    assert len(queries()) == 1


def test_the_page_of_a_branch_tells_what_stands_in_its_way(
    as_editor: Client, branch: Proposal, park: ParkPage, ride: RidePage, editor: Any
) -> None:
    other = make_ride(park, title="Other")
    pieces = [
        piece(park, city="Rust"),
        piece(ride, seo_title="The Beast"),
        piece(other, "rename", slug=ride.slug),
    ]
    put_all_on(branch, pieces, by=editor)
    publish(park, city="Sandusky")
    publish(ride, search_description="Loud")

    answer = as_editor.get(home_of(branch))

    shown = words(answer)
    assert f'href="/branches/{branch.pk}/update/"' in answer.content.decode()
    assert "1 conflict" in shown
    assert "Changed since; both fit together" in shown
    assert f"{ride.slug}-2” would be free" in shown


def test_it_is_handed_in_as_it_was_shown(
    as_editor: Client, branch: Proposal, park: ParkPage, editor: Any
) -> None:
    branch = put_all_on(branch, [piece(park, city="Rust")], by=editor)
    seen = branch.content_hash
    put_all_on(branch, [piece(park, city="Paris")], by=editor)

    stale = as_editor.post(f"{home_of(branch)}hand-in/", {"seen": seen})

    assert stale.status_code == 409
    branch.refresh_from_db()
    assert branch.state == ProposalState.DRAFT
    as_editor.post(f"{home_of(branch)}hand-in/", {"seen": branch.content_hash})
    branch.refresh_from_db()
    assert branch.state == ProposalState.IN_REVIEW


def test_it_is_described_anew(as_editor: Client, branch: Proposal) -> None:
    told = {"title": "Summer", "reason": "Refit", "source": "", "merges_whole": "1"}

    as_editor.post(f"{home_of(branch)}describe/", told)

    branch.refresh_from_db()
    assert (branch.title, branch.reason) == ("Summer", "Refit")


def test_ten_times_as_many_pages_on_a_branch_cost_no_query_more(
    as_editor: Client, branch: Proposal, park: ParkPage, editor: Any
) -> None:
    rides = [make_ride(park, title=f"Ride {number}") for number in range(8)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert as_editor.get(home_of(branch)).status_code == 200
        return len(seen)

    put_all_on(branch, [piece(rides[0], seo_title="New")], by=editor)
    queries()
    few = queries()
    put_all_on(branch, [piece(ride, seo_title="New") for ride in rides], by=editor)
    assert queries() <= few
