"""One change to many pages becomes one branch, with a report for every page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from branches.actions import take_off
from branches.batches import actions, working
from branches.batches.actions import Target, make_batch, put_on_branch, rehearse
from branches.batches.refusals import NothingToChange, OnItsBranch
from branches.merging.jobs import latest_job
from branches.models import Batch, BatchState, Proposal, ProposalItem
from branches.refusals import NameTaken, TooManyItems
from branches.states import ProposalState
from core.jobs.actions import cancel_job
from core.jobs.models import JobState
from core.jobs.running import run
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def rides(park: ParkPage) -> list[RidePage]:
    return [make_ride(park, title=f"Ride {n}", material="wood") for n in range(3)]


def these(*pages: Any) -> list[Target]:
    return [Target(page.uuid, page.title) for page in pages]


def steel(pages: Any, by: Any, **how: Any) -> Batch:
    how = {"name": "Steel", **how}
    return make_batch("set", these(*pages), {"material": "steel"}, by=by, **how)


def outcomes(batch: Batch) -> list[str]:
    return list(batch.rows.values_list("outcome", flat=True))


def merged(batch: Batch, moderator: Any, by: Any) -> Proposal:
    branch = actions.hand_in(batch, by=by)
    read = branch.content_hash
    branch = approve_suggestion(branch, by=moderator, content_hash=read)
    if branch.state == ProposalState.APPROVED:
        job = latest_job(branch)
        assert job is not None
        run(job.pk)
        branch.refresh_from_db()
    return branch


def test_a_batch_becomes_one_branch_that_is_reviewed_like_any_other(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    batch = steel(rides, editor, reason="They are of steel")

    assert outcomes(batch) == ["changed"] * 3
    assert batch.state == BatchState.MADE
    merged(batch, moderator, editor)
    found = RidePage.objects.values_list("material", flat=True)
    assert set(found) == {"steel"}
    assert list(verify()) == []


def test_a_dry_run_reports_the_same_and_touches_nothing(
    rides: list[RidePage], editor: Any
) -> None:
    tried = steel(rides, editor, dry_run=True)
    rows = list(tried.rows.values_list("number", "outcome", "message"))

    assert not Proposal.objects.exists()
    made = put_on_branch(tried, by=editor, name="Steel")
    assert list(made.rows.values_list("number", "outcome", "message")) == rows


def test_each_page_is_reported_by_itself(rides: list[RidePage], editor: Any) -> None:
    done, gone, hidden = rides
    batch = steel([done], editor, name="First")
    gone_uuid = gone.uuid
    gone.delete()
    hidden.unpublish()
    same = make_ride(done.get_parent(), title="Same", material="steel")
    targets = [
        *these(done, hidden, same, make_company("Vekoma")),
        Target(gone_uuid, "Gone"),
        Target(None, "Nowhere", problem="There is no such page."),
    ]

    batch = make_batch("set", targets, {"material": "steel"}, by=editor, name="All")

    told = [(row.title, row.outcome, row.words) for row in batch.rows.all()]
    assert told == [
        ("Ride 0", "changed", ""),
        ("Ride 2", "invalid", "It is not public. Publish it first."),
        ("Same", "unchanged", ""),
        ("Vekoma", "invalid", "“Set a fact” is not for this kind of page."),
        ("Gone", "invalid", "It is not in the wiki any more."),
        ("Nowhere", "invalid", "There is no such page."),
    ]
    assert ProposalItem.objects.filter(proposal=batch.branch).count() == 1


def test_a_page_that_would_break_a_rule_is_left_out_with_the_reason(
    park: ParkPage, editor: Any
) -> None:
    ride = make_ride(park, opened="1979-04-14")
    said = {"status": "closed", "date": "1970", "note": ""}

    batch = make_batch("close", these(ride), said, by=editor, name="Too early")

    row = batch.rows.get()
    assert row.outcome == "invalid"
    assert "before it begins" in row.words
    assert batch.branch is None, "nothing is left to put on a branch"


def test_rides_move_with_their_stays(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    place = make_park(title="New home")
    said = {"park": place.pk, "place": str(place.uuid), "moved": "2026"}
    said["continuity"] = ""

    batch = make_batch("move", these(*rides), said, by=editor, name="Move")
    merged(batch, moderator, editor)

    ride = RidePage.objects.get(pk=rides[0].pk)
    assert ride.get_parent().pk == place.pk
    assert [stay.park.title for stay in ride.stays.all()] == ["Cedar Point", "New home"]
    assert list(verify()) == []


def test_nothing_is_put_on_a_branch_where_nothing_would_change(
    rides: list[RidePage], editor: Any
) -> None:
    batch = make_batch(
        "set", these(*rides), {"material": "wood"}, by=editor, name="W", dry_run=True
    )

    with pytest.raises(NothingToChange):
        put_on_branch(batch, by=editor, name="Wood")
    assert not Proposal.objects.exists()


def test_a_batch_gets_one_branch_under_a_free_name(
    rides: list[RidePage], editor: Any
) -> None:
    batch = steel(rides, editor)
    other = steel(rides, editor, dry_run=True)

    with pytest.raises(NameTaken):
        put_on_branch(other, by=editor, name="Steel")
    with pytest.raises(OnItsBranch):
        put_on_branch(batch, by=editor, name="Another")
    with pytest.raises(OnItsBranch):
        rehearse(batch, by=editor)
    assert Proposal.objects.count() == 1


def test_a_batch_that_came_in_by_parts_is_taken_back_whole(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    batch = steel(rides[:2], editor, dry_run=True)
    batch = put_on_branch(batch, by=editor, name="Steel", merges_whole=False)
    merged(batch, moderator, editor)

    revert = actions.revert_batch(batch, by=editor)

    assert outcomes(revert) == ["changed", "changed"]


def test_members_make_no_batches(rides: list[RidePage], member: Any) -> None:
    with pytest.raises(PermissionDenied):
        steel(rides, member)


def test_a_batch_holds_as_many_pages_as_a_branch(
    rides: list[RidePage], editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_ITEMS", 2)

    with pytest.raises(TooManyItems):
        steel(rides, editor)
    assert not Batch.objects.exists()


def test_ten_times_as_many_pages_cost_no_query_more(
    park: ParkPage, editor: Any
) -> None:
    rides = [make_ride(park, title=f"Ride {n}") for n in range(10)]
    few = actions.prepare_batch(
        "set", these(rides[0]), by=editor, name="One", parameters={"material": "steel"}
    )
    many = actions.prepare_batch(
        "set", these(*rides), by=editor, name="Ten", parameters={"material": "steel"}
    )

    def queries(batch: Batch) -> int:
        with CaptureQueriesContext(connection) as seen:
            rehearse(batch, by=editor)
            put_on_branch(batch, by=editor, name=batch.name)
        return len(seen)

    one = queries(few)
    assert queries(many) == one


class TestAsJob:
    """Batches of more pages than somebody would wait for."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "AT_ONCE", 1)
        monkeypatch.setattr(working, "CHUNK", 2)

    def test_a_large_batch_is_worked_out_by_a_job_that_tells_how_far_it_is(
        self, rides: list[RidePage], editor: Any
    ) -> None:
        batch = steel(rides, editor, dry_run=True)
        assert batch.is_at_work
        assert batch.job is not None

        job = run(batch.job.pk)

        assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
        assert job.report == {"changed": 3}
        batch.refresh_from_db()
        assert batch.state == BatchState.REHEARSED

    def test_broken_off_it_goes_on_with_the_rows_that_wait(
        self, rides: list[RidePage], editor: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        batch = steel(rides, editor, dry_run=True)
        assert batch.job is not None
        run(batch.job.pk)
        batch = put_on_branch(batch, by=editor, name="Steel")
        assert batch.job is not None
        monkeypatch.setenv("TW_TEST", "1")
        monkeypatch.setenv("TW_FAULT", "batch_worked_out_1:raise")

        assert run(batch.job.pk).state == JobState.FAILED
        assert outcomes(batch) == ["waiting"] * 3, "a chunk is whole or not at all"
        monkeypatch.delenv("TW_FAULT")
        batch = actions.go_on(batch, by=editor)
        assert batch.job is not None
        run(batch.job.pk)

        assert outcomes(batch) == ["changed"] * 3
        assert ProposalItem.objects.filter(proposal=batch.branch).count() == 3

    def test_cancelled_it_keeps_what_is_done_and_can_go_on(
        self, rides: list[RidePage], editor: Any
    ) -> None:
        batch = steel(rides, editor, dry_run=True)
        assert batch.job is not None
        cancel_job(job=batch.job, by=editor)

        batch = actions.go_on(batch, by=editor)

        assert batch.is_at_work


def test_a_batch_that_is_merged_is_taken_back_but_for_what_others_did_since(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    batch = steel(rides, editor)
    merged(batch, moderator, editor)
    kept, disputed, _plain = (RidePage.objects.get(pk=ride.pk) for ride in rides)
    kept.intensity = "family"
    kept.save_revision().publish()
    disputed.material = "hybrid"
    disputed.save_revision().publish()

    revert = actions.revert_batch(batch, by=editor)

    assert outcomes(revert) == ["changed", "conflict", "changed"]
    assert "material" in revert.rows.get(outcome="conflict").words
    assert list(batch.undone_by.all()) == [revert]
    revert = put_on_branch(revert, by=editor, name="Not of steel")
    assert revert.branch is not None
    take_off(revert.branch, [disputed.uuid], by=editor)
    merged(revert, moderator, editor)
    found = RidePage.objects.order_by("title").values_list("material", "intensity")
    assert list(found) == [("wood", "family"), ("hybrid", ""), ("wood", "")]
    assert Proposal.objects.get(batch=batch).state == ProposalState.REVERTED
    assert list(verify()) == []
