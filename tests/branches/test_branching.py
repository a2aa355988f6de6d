"""Work on many pages is kept aside and comes in as one change, or not at all."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from branches.actions import begin_branch, put_all_on, put_on, take_off
from branches.desk.rows import rows_of
from branches.models import CheckLevel, CheckResult, Proposal, ProposalItem
from branches.refusals import (
    MergeProblems,
    NameTaken,
    NothingChanged,
    RevisedMeanwhile,
    TooManyItems,
)
from branches.states import ProposalState
from history.models import ChangeSet, Deletion, Operation, PageVersion
from history.verifying import verify
from moderation.refusals import OwnText
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from tests.branches.proposing import branch_with, handed_in, new_piece, piece
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live_city
from tests.history.suppression.hiding import publish

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


def approve(branch: Proposal, by: Any) -> Proposal:
    return approve_suggestion(branch, by=by, content_hash=branch.content_hash)


def at(ride: RidePage, park: ParkPage) -> list[dict[str, Any]]:
    """The stays of a ride, as if it always had been at one park."""
    rows = piece(ride).content["stays"]
    return [{**row, "park": park.pk} for row in rows]


def test_a_new_branch_costs_the_same_whatever_the_size_of_the_wiki(
    park: ParkPage, editor: Any
) -> None:
    begin_branch("Warm", by=editor)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            begin_branch(f"Branch {Proposal.objects.count()}", by=editor)
        return len(seen)

    few = queries()
    for number in range(5):
        make_ride(park, title=f"Ride {number}")
    assert queries() == few


def test_only_people_of_the_editing_desk_begin_branches(member: Any) -> None:
    with pytest.raises(PermissionDenied):
        begin_branch("Mine", by=member)


def test_two_branches_at_work_never_have_one_name(editor: Any) -> None:
    begin_branch("Season 2027", by=editor)

    with pytest.raises(NameTaken):
        begin_branch("Season 2027", by=editor)


def test_a_branch_of_many_pages_comes_in_as_one_change(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    other = make_park(title="Other park")
    branch = branch_with(
        piece(park, city="Sandusky"), piece(other, city="Rust"), by=editor
    )

    merged = approve(handed_in(branch, by=editor), moderator)

    assert merged.state == ProposalState.MERGED
    assert (live_city(park), live_city(other)) == ("Sandusky", "Rust")
    assert merged.changeset is not None
    assert merged.changeset.versions.count() == 2
    assert list(verify()) == []


def test_edge_case_4_what_is_added_may_stand_below_what_is_added_with_it(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    parent = ParkPage(title="Annexe", country="US", city="Huron")
    child = RidePage(title="New ride", category="roller_coaster")
    above = PageVersion.objects.get(object_uuid=park.uuid).place_uuid
    assert above is not None
    branch = branch_with(
        new_piece(child, parent.uuid), new_piece(parent, above), by=editor
    )

    approve(handed_in(branch, by=editor), moderator)

    ride = RidePage.objects.get(uuid=child.uuid)
    assert ride.get_parent().specific.uuid == parent.uuid
    assert ride.live


def test_a_ride_moves_with_its_new_facts_in_one_change(
    ride: RidePage, editor: Any, moderator: Any
) -> None:
    new_home = make_park(title="New home")
    branch = branch_with(
        piece(ride, "move", below=new_home, stays=at(ride, new_home)), by=editor
    )

    merged = approve(handed_in(branch, by=editor), moderator)

    ride.refresh_from_db()
    assert ride.get_parent().pk == new_home.pk
    assert [stay.park for stay in ride.stays.all()] == [new_home]
    assert merged.changeset is not None
    version = merged.changeset.versions.get()
    assert version.operation == Operation.MOVE
    assert version.changed_facts == ["stays"]
    assert version.place_uuid == new_home.uuid
    assert list(verify()) == []


@pytest.mark.parametrize("taken", ["its own there", "the new one here"])
def test_a_ride_takes_another_slug_along_whichever_is_taken(
    ride: RidePage, editor: Any, moderator: Any, taken: str
) -> None:
    new_home = make_park(title="New home")
    if taken == "its own there":
        make_ride(new_home, title=ride.title)
    else:
        make_ride(ride.get_parent(), title="Second", slug="second")
    branch = branch_with(
        piece(ride, "move", below=new_home, slug="second", stays=at(ride, new_home)),
        by=editor,
    )

    approve(handed_in(branch, by=editor), moderator)

    ride.refresh_from_db()
    assert ride.url_path == f"{new_home.url_path}second/"
    assert list(verify()) == []


def test_a_branch_unpublishes_and_deletes(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    hidden, gone = make_ride(park, title="Hidden"), make_ride(park, title="Gone")
    branch = branch_with(piece(hidden, "unpublish"), piece(gone, "delete"), by=editor)

    approve(handed_in(branch, by=editor), moderator)

    hidden.refresh_from_db()
    assert not hidden.live
    assert not RidePage.objects.filter(pk=gone.pk).exists()
    assert Deletion.objects.filter(title="Gone").exists()
    assert list(verify()) == []


def test_nobody_deletes_by_a_branch_what_has_pages_the_branch_does_not_name(
    park: ParkPage, ride: RidePage, editor: Any, moderator: Any
) -> None:
    branch = handed_in(branch_with(piece(park, "delete"), by=editor), by=editor)
    with pytest.raises(MergeProblems, match="still has pages below"):
        approve(branch, moderator)

    branch = handed_in(
        put_all_on(branch, [piece(ride, "delete")], by=editor), by=editor
    )
    approve(branch, moderator)

    assert not ParkPage.objects.filter(pk=park.pk).exists()


def test_nobody_deletes_by_a_branch_a_text_they_have_not_seen(
    ride: RidePage, editor: Any, moderator: Any
) -> None:
    branch = handed_in(branch_with(piece(ride, "delete"), by=editor), by=editor)
    publish(ride, seo_title="Another name")

    with pytest.raises(MergeProblems, match="changed since"):
        approve(branch, moderator)

    assert RidePage.objects.filter(pk=ride.pk).exists()


def test_edge_case_4_a_slug_that_was_taken_meanwhile_stops_all_and_names_a_free_one(
    park: ParkPage, ride: RidePage, editor: Any, moderator: Any
) -> None:
    branch = branch_with(
        piece(park, city="Rust"), piece(ride, "rename", slug="wanted"), by=editor
    )
    branch = handed_in(branch, by=editor)
    make_ride(park, title="Wanted")
    changes = ChangeSet.objects.count()

    with pytest.raises(MergeProblems, match="wanted-2"):
        approve(branch, moderator)

    assert live_city(park) == "Huron"
    assert ChangeSet.objects.count() == changes


@pytest.mark.parametrize(
    ("goes_below_a_ride", "why"), [(False, "last stay"), (True, "cannot stand under")]
)
def test_a_move_to_where_a_ride_cannot_be_is_not_handed_in(
    ride: RidePage, editor: Any, goes_below_a_ride: bool, why: str
) -> None:
    place: Any = make_park(title="Elsewhere")
    if goes_below_a_ride:
        place = make_ride(place, title="Another ride")

    branch = handed_in(
        branch_with(piece(ride, "move", below=place), by=editor), by=editor
    )

    assert branch.state == ProposalState.BLOCKED
    found = CheckResult.objects.filter(proposal=branch, level=CheckLevel.BLOCK)
    assert any(why in result.words for result in found)


def test_whoever_wrote_on_a_branch_does_not_approve_it(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    branch = begin_branch("Ours", by=editor)
    branch = put_on(branch, piece(park, city="Rust"), by=moderator)

    with pytest.raises(OwnText):
        approve(handed_in(branch, by=editor), moderator)


def test_two_editors_never_overwrite_each_other_on_a_branch(
    park: ParkPage, editor: Any
) -> None:
    branch = branch_with(piece(park, city="Rust"), by=editor)
    seen = branch.items.get().content_hash
    put_on(branch, piece(park, city="Berlin"), by=editor, seen=seen)

    with pytest.raises(RevisedMeanwhile):
        put_on(branch, piece(park, city="Paris"), by=editor, seen=seen)


def test_an_object_leaves_a_branch_when_it_says_what_main_says(
    park: ParkPage, editor: Any
) -> None:
    branch = branch_with(piece(park, city="Rust"), by=editor)

    branch = put_on(branch, piece(park), by=editor)

    assert not branch.items.exists()
    with pytest.raises(NothingChanged):
        handed_in(branch, by=editor)


def test_the_hash_of_a_branch_is_that_of_its_rows_however_it_is_found(
    park: ParkPage, ride: RidePage, editor: Any
) -> None:
    branch = branch_with(piece(park, city="Rust"), piece(ride, "delete"), by=editor)
    both = branch.content_hash
    assert branch.hash_of_content() == both

    branch = take_off(branch, [ride.uuid], by=editor)

    assert branch.content_hash not in ("", both)
    assert branch.hash_of_content() == branch.content_hash


def test_putting_ten_times_as_many_pages_aside_costs_no_query_more(
    park: ParkPage, editor: Any
) -> None:
    rides = [make_ride(park, title=f"Ride {number}") for number in range(10)]
    pieces = [piece(ride, seo_title="New") for ride in rides]

    def queries(some: Any, name: str) -> int:
        branch = begin_branch(name, by=editor)
        with CaptureQueriesContext(connection) as seen:
            put_all_on(branch, some, by=editor)
        return len(seen)

    assert queries(pieces, "Ten") == queries(pieces[:1], "One")


def test_of_all_that_goes_only_what_stands_below_is_read_with_a_page_that_goes(
    park: ParkPage, ride: RidePage, editor: Any
) -> None:
    other = make_park("Other park")
    rides = [ride, make_ride(park, "Gemini"), make_ride(other, "Matterhorn")]
    going = [park, other, *rides]
    branch = branch_with(*[piece(page, "unpublish") for page in going], by=editor)
    item_of = {item.object_uuid: item for item in branch.items.all()}
    items = ProposalItem.objects.filter(proposal=branch)

    below = items.going_below([item_of[park.uuid].pk])

    assert {item.title for item in below} == {ride.title, "Gemini"}
    assert not items.going_below([item_of[ride.uuid].pk]).exists()
    (row,) = rows_of(branch, [item_of[park.uuid]])
    assert not row.problems


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "by the hundred"])
def test_a_branch_holds_so_many_pages_as_it_is_published_and_no_more(
    park: ParkPage,
    ride: RidePage,
    editor: Any,
    monkeypatch: pytest.MonkeyPatch,
    whole: bool,
) -> None:
    monkeypatch.setattr("branches.rights.MOST_ITEMS", 1 if whole else 0)
    monkeypatch.setattr("branches.rights.MOST_IN_PARTS", 3 if whole else 1)
    branch = begin_branch("Small", by=editor, merges_whole=whole)

    with pytest.raises(TooManyItems, match="At most 1" if whole else "at most 1"):
        put_all_on(branch, [piece(park, city="Rust"), piece(ride, "delete")], by=editor)

    assert not branch.items.exists()
    put_all_on(branch, [piece(park, city="Rust")], by=editor)
