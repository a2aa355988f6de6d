"""A branch is brought up to date with main, and nothing of it is lost on the way."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from branches.actions import begin_branch, put_all_on, update_branch
from branches.actions.updating import behind_main, plan_update
from branches.models import Proposal
from branches.refusals import NotOpenAnyMore, RevisedMeanwhile
from branches.states import ProposalState
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, handed_in, piece
from tests.factories.pages import make_park
from tests.history.published import live, live_city
from tests.history.suppression.hiding import publish, version

pytestmark = pytest.mark.usefixtures("home")


def updated(branch: Proposal, by: Any, **answers: Any) -> Any:
    return update_branch(branch, by=by, seen=plan_update(branch).seen, **answers)


def test_what_main_has_published_is_brought_into_the_branch(
    editor: Any, moderator: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    publish(park, address="1 Lake Drive")

    done = updated(branch, editor)

    item = branch.items.get()
    assert item.base == version(park, 2)
    assert item.content["address"] == "1 Lake Drive"
    assert item.content["city"] == "Sandusky"
    assert (len(done.brought), done.left) == (1, ())
    assert not behind_main(branch).exists()
    fresh = handed_in(live(branch), by=editor)
    approve_suggestion(fresh, by=moderator, content_hash=fresh.content_hash)
    assert live_city(park) == "Sandusky"


def test_what_main_says_by_now_leaves_the_branch(editor: Any, park: ParkPage) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    publish(park, city="Sandusky")

    done = updated(branch, editor)

    assert len(done.said_already) == 1
    assert not branch.items.exists()


def test_a_conflict_stays_until_somebody_says_what_shall_hold(
    editor: Any, park: ParkPage
) -> None:
    other = make_park("Other")
    branch = branch_with(
        piece(park, city="Sandusky"), piece(other, city="Rust"), by=editor
    )
    publish(park, city="Vermilion")
    publish(other, address="At the lake")

    done = updated(branch, editor)

    assert [one.item.object_uuid for one in done.left] == [park.uuid]
    assert behind_main(branch).get().content["city"] == "Sandusky"


def test_the_page_settles_conflicts_and_confirms_removals(
    as_editor: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), piece(ride, "delete"), by=editor)
    publish(park, city="Vermilion")
    publish(ride, indoor=True)
    address = f"{branch.get_absolute_url()}update/"
    asked = as_editor.get(address)
    html = asked.content.decode()
    [name] = set(re.findall(r'name="(c\d+-\w+)"', html))
    seen = re.search(r'name="seen" value="(\w+)"', html)
    assert seen is not None

    done = as_editor.post(
        address,
        {"seen": seen[1], name: "theirs", "confirmed": [str(ride.uuid)]},
        follow=True,
    )

    assert "Vermilion" in text_of(asked)
    assert "2 pages are up to date." in text_of(done)
    assert not behind_main(branch).exists()
    assert branch.items.get(object_uuid=park.uuid).content["city"] == "Sandusky"


def test_the_pages_of_suggestions_lead_to_those_of_branches(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)

    settling = as_editor.get(f"/suggestions/{branch.pk}/settle/")

    assert settling["Location"] == f"/branches/{branch.pk}/update/"
    assert as_editor.get(f"/suggestions/{branch.pk}/edit/").status_code == 404
    assert "Season 2027" in text_of(as_editor.get(f"/suggestions/{branch.pk}/"))


def test_a_removal_waits_while_nobody_has_looked_at_what_changed(
    editor: Any, ride: RidePage
) -> None:
    branch = branch_with(piece(ride, "unpublish"), by=editor)
    publish(ride, indoor=True)

    first = updated(branch, editor)
    second = updated(live(branch), editor, confirmed=[ride.uuid])

    assert len(first.left) == 1
    assert len(second.brought) == 1


def test_a_page_that_was_deleted_on_main_is_told_and_left(
    as_editor: Client, editor: Any, ride: RidePage
) -> None:
    branch = branch_with(piece(ride, indoor=True), by=editor)
    RidePage.objects.get(pk=ride.pk).delete()

    done = updated(branch, editor)

    assert len(done.left) == 1
    told = text_of(as_editor.get(f"{branch.get_absolute_url()}update/"))
    assert "has been deleted meanwhile" in told


def test_an_update_of_what_was_shown_otherwise_is_refused(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    publish(park, address="1 Lake Drive")
    seen = plan_update(branch).seen
    publish(park, address="2 Lake Drive")

    with pytest.raises(RevisedMeanwhile):
        update_branch(branch, by=editor, seen=seen)
    address = f"{branch.get_absolute_url()}update/"
    answer = as_editor.post(address, {"seen": seen})

    assert answer.status_code == 409
    assert branch.items.get().content["address"] != "1 Lake Drive"


def test_a_branch_in_review_is_reviewed_anew_after_an_update(
    editor: Any, park: ParkPage
) -> None:
    branch = handed_in(branch_with(piece(park, city="Sandusky"), by=editor), by=editor)
    before = branch.content_hash
    publish(park, address="1 Lake Drive")

    done = updated(branch, editor)

    assert done.branch.state == ProposalState.IN_REVIEW
    assert done.branch.content_hash != before
    revision = done.branch.latest_revision
    assert revision.content["content_hash"] == done.branch.content_hash


def test_only_those_who_work_on_a_branch_update_it_and_only_while_it_is_open(
    editor: Any, member: Any, moderator: Any, park: ParkPage
) -> None:
    branch = handed_in(branch_with(piece(park, city="Sandusky"), by=editor), by=editor)
    with pytest.raises(PermissionDenied):
        updated(branch, member)
    approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)

    with pytest.raises(NotOpenAnyMore):
        updated(live(branch), editor)


def test_beyond_its_plan_an_update_costs_the_same_for_any_number_of_pages(
    editor: Any,
) -> None:
    parks = [make_park(f"Park {number}") for number in range(6)]

    def queries(chosen: list[ParkPage], name: str) -> int:
        pieces = [piece(one, city="Rust") for one in chosen]
        branch = put_all_on(begin_branch(name, by=editor), pieces, by=editor)
        for one in chosen:
            publish(one, address=f"At the lake of {name}")
        with CaptureQueriesContext(connection) as planned:
            seen = plan_update(branch).seen
        with CaptureQueriesContext(connection) as asked:
            update_branch(branch, by=editor, seen=seen)
        return len(asked) - len(planned)

    assert queries(parks[:1], "few") == queries(parks[1:], "many")
