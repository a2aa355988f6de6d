"""What a request cannot wait for is merged by a worker, whole or by the hundred."""

from collections.abc import Sequence
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

import pytest

from branches.actions import begin_branch, put_all_on, withdraw
from branches.merging import jobs, parts
from branches.models import NoteKind, Proposal, ProposalItem
from branches.refusals import MergeConflicts, NotOpenAnyMore
from branches.states import ProposalState
from core.jobs.actions import cancel_job
from core.jobs.models import Job, JobState
from core.jobs.running import run
from history.models import ChangeSet, PageVersion
from history.reverting.contents import facts_of
from history.reverting.refusals import RevertRefused
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import MakerCredit, ParkPage, RidePage
from tests.branches.filling import text_of
from tests.branches.proposing import handed_in, piece
from tests.factories.pages import make_company, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import hide, publish

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def rides(park: ParkPage, monkeypatch: pytest.MonkeyPatch) -> list[RidePage]:
    """Five rides, which are many here."""
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(parts, "AT_ONCE", 2)
    return [make_ride(park, f"Ride {number}") for number in range(5)]


def approved(
    rides: Sequence[RidePage], editor: Any, moderator: Any, *, whole: bool = True
) -> Proposal:
    branch = begin_branch("Season", by=editor, reason="New", merges_whole=whole)
    branch = put_all_on(branch, [piece(r, seo_title="New") for r in rides], by=editor)
    handed_in(branch, by=editor)
    return approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)


def work() -> Job:
    job: Job = run(Job.objects.get(kind=jobs.KIND).pk)
    return job


def new_titles() -> int:
    return RidePage.objects.filter(seo_title="New").count()


def fresh(branch: Proposal) -> Proposal:
    return Proposal.objects.get(pk=branch.pk)


def test_a_large_branch_is_approved_first_and_merged_by_a_worker(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator)
    assert (branch.state, new_titles()) == (ProposalState.APPROVED, 0)

    job = work()

    branch = fresh(branch)
    assert (job.state, job.done, job.total) == (JobState.DONE, 5, 5)
    assert branch.state == ProposalState.MERGED
    assert branch.changeset is not None
    assert branch.changeset.versions.count() == 5
    assert branch.changeset.publisher == moderator
    assert list(verify()) == []


def test_a_small_branch_is_merged_by_its_approval(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides[:2], editor, moderator)

    assert branch.state == ProposalState.MERGED
    assert not Job.objects.exists()


def test_a_branch_that_may_come_in_by_parts_makes_a_change_of_each(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator, whole=False)

    job = work()

    assert fresh(branch).state == ProposalState.MERGED
    assert (job.done, job.report["pages"]) == (5, 5)
    assert ChangeSet.objects.filter(pk__in=job.report["changes"]).count() == 3
    assert not ProposalItem.objects.filter(merged_in=None).exists()
    assert list(verify()) == []


def test_whoever_approves_a_large_branch_hears_at_once_of_a_page_that_is_locked(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    RidePage.objects.filter(pk=rides[3].pk).update(locked=True)

    with pytest.raises(RevertRefused, match="Ride 3"):
        approved(rides, editor, moderator)

    assert Proposal.objects.get().state == ProposalState.IN_REVIEW
    assert not Job.objects.exists()


def test_by_parts_what_is_not_sound_is_left_out_and_says_why(
    rides: list[RidePage],
    editor: Any,
    moderator: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    branch = approved(rides, editor, moderator, whole=False)
    rides[1].delete()
    publish(rides[2], seo_title="Another")
    RidePage.objects.filter(pk=rides[4].pk).update(locked=True)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        job = work()

    left_out = ProposalItem.objects.exclude(problem="").order_by("pk")
    assert [item.object_uuid for item in left_out] == [
        rides[number].uuid for number in (1, 2, 4)
    ]
    assert "deleted" in left_out[0].problem
    assert "Others have changed" in left_out[1].problem
    assert "locked" in left_out[2].problem
    assert (new_titles(), job.report["pages"]) == (2, 2)
    assert fresh(branch).state == ProposalState.MERGED
    note = branch.notes.latest("pk")
    assert note.words.startswith("Pages that were left out: 3\nRide 1: ")
    assert note.words in mail.outbox[-1].body
    assert list(verify()) == []


def test_why_a_page_was_left_out_is_said_in_the_language_of_each_reader(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator, whole=False)
    rides[1].delete()
    RidePage.objects.filter(pk=rides[4].pk).update(locked=True)
    with override("de"):
        work()
    reader = Client()
    reader.force_login(editor)

    def told(language: str) -> str:
        asked = {"Accept-Language": language}
        return text_of(reader.get(branch.get_absolute_url(), headers=asked))

    assert "“Ride 1” has been deleted meanwhile" in told("en")
    assert "“Ride 4” is locked" in told("en")
    assert "deleted meanwhile" not in told("de")


def test_why_a_whole_branch_was_not_published_is_said_in_the_readers_language(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator)
    rides[3].delete()
    with override("de"):
        work()
    reader = Client()
    reader.force_login(editor)

    shown = text_of(reader.get(branch.get_absolute_url()))

    assert shown.count("Nothing was published. “Ride 3” has been deleted") == 2


def test_by_parts_a_page_that_needs_what_comes_later_is_tried_once_more(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    company = make_company("Dinn Corporation")
    credited = RidePage.objects.get(pk=rides[0].pk)
    credited.credits = [MakerCredit(company=company, role="designer")]
    pieces = [
        piece(rides[0], credits=facts_of(credited)["credits"]),
        *[piece(ride, seo_title="New") for ride in rides[1:]],
        piece(company, is_designer=True),
    ]
    branch = begin_branch("Credits", by=editor, reason="New", merges_whole=False)
    branch = handed_in(put_all_on(branch, pieces, by=editor), by=editor)
    approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)

    work()

    assert not ProposalItem.objects.exclude(problem="").exists()
    assert live(rides[0]).credits.get().company == company
    assert list(verify()) == []


def test_edge_case_6_one_bad_page_of_a_whole_branch_publishes_none_and_says_which(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator)
    rides[3].delete()
    changes = ChangeSet.objects.count()

    job = work()

    branch = fresh(branch)
    assert (new_titles(), ChangeSet.objects.count()) == (0, changes)
    assert "Ride 3" in job.report["refused"]
    assert branch.state == ProposalState.IN_REVIEW
    assert branch.current_workflow_task_state is not None
    assert "Ride 3" in branch.notes.latest("pk").words


def test_a_conflict_that_came_after_the_approval_is_told_to_all(
    rides: list[RidePage],
    editor: Any,
    moderator: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    branch = approved(rides, editor, moderator)
    publish(rides[0], seo_title="Another")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        work()

    branch = fresh(branch)
    assert branch.state == ProposalState.CONFLICTED
    told = {address for message in mail.outbox for address in message.to}
    assert told == {editor.email, moderator.email}
    assert branch.notes.get(kind=NoteKind.CONFLICT).author is None
    assert new_titles() == 0
    with pytest.raises(MergeConflicts):
        approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)


def test_a_branch_taken_back_before_a_worker_comes_is_not_merged(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator)
    withdraw(branch, by=editor)

    job = work()

    assert job.state == JobState.FAILED
    assert (fresh(branch).state, new_titles()) == (ProposalState.WITHDRAWN, 0)


def test_a_branch_is_not_taken_back_while_it_is_merged(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator)
    Proposal.objects.filter(pk=branch.pk).update(state=ProposalState.MERGING)

    with pytest.raises(NotOpenAnyMore):
        withdraw(branch, by=editor)


def test_a_merge_that_is_cancelled_between_parts_can_be_gone_on_with(
    rides: list[RidePage],
    editor: Any,
    moderator: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    branch = approved(rides, editor, moderator, whole=False)
    job = Job.objects.get()

    def cancel_after_first(point: str) -> None:
        if point == "batch_chunk_1":
            cancel_job(job=job, by=editor)

    with monkeypatch.context() as patched:
        patched.setattr(parts, "reach", cancel_after_first)
        assert run(job.pk).state == JobState.CANCELLED
    assert (fresh(branch).state, new_titles()) == (ProposalState.APPROVED, 2)

    run(jobs.start_merge(fresh(branch), by=moderator).pk)

    assert (fresh(branch).state, new_titles()) == (ProposalState.MERGED, 5)
    assert PageVersion.objects.filter(object_uuid=rides[0].uuid).count() == 2
    assert list(verify()) == []


def test_what_any_part_of_a_branch_became_is_hidden_with_it(
    rides: list[RidePage], editor: Any, moderator: Any, client: Client
) -> None:
    branch = approved(rides, editor, moderator, whole=False)
    work()
    assert client.get(branch.get_absolute_url()).status_code == 200
    publish(rides[4], seo_title="Another")
    last = PageVersion.objects.get(object_uuid=rides[4].uuid, seq=2)

    hide(last, make_person("admin"), make_person("admin"), text=True)

    assert client.get(branch.get_absolute_url()).status_code == 404


def test_readers_of_a_branch_see_how_far_its_merge_has_come(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    branch = approved(rides, editor, moderator, whole=False)
    rides[1].delete()
    reader = Client()
    reader.force_login(editor)
    address = reverse("branches:progress", args=[branch.pk])

    before = reader.get(address)
    work()
    after = reader.get(address)

    assert "waits for a worker" in before.content.decode()
    assert "HX-Refresh" not in before
    assert rides[1].title in after.content.decode()
    assert after["HX-Refresh"] == "true"
