"""A worker is killed while it merges a branch; nothing is half there, it goes on."""

import signal
from typing import Any

import pytest

from branches.actions import begin_branch, put_all_on, submit
from branches.merging import jobs, parts
from branches.models import Proposal
from branches.states import ProposalState
from core.jobs.models import Job, JobState
from core.jobs.running import run
from core.jobs.turns import end_lease_of_dead_process
from history.models import PageVersion
from history.verifying import verify
from home.models import HomePage
from moderation.suggestions.deciding import approve_suggestion
from parks.models import RidePage
from tests.branches.proposing import piece
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.faults.processes import start_process

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

RIDES, AT_ONCE = 5, 2


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(parts, "AT_ONCE", AT_ONCE)
    # Nobody hears the bell: the test has a worker of its own.
    monkeypatch.setattr("core.jobs.actions.ring_for", lambda job: None)


def approved(*, whole: bool) -> Proposal:
    editor, moderator = make_person("Editor"), make_person("Moderator")
    park = make_park()
    rides = [make_ride(park, f"Ride {number}") for number in range(RIDES)]
    branch = begin_branch("Season", by=editor, merges_whole=whole)
    branch = put_all_on(branch, [piece(r, seo_title="New") for r in rides], by=editor)
    submit(branch, by=editor, seen=branch.content_hash)
    return approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)


def new_titles() -> int:
    return RidePage.objects.filter(seo_title="New").count()


@pytest.mark.parametrize(
    ("point", "whole", "there"),
    [
        ("merge_locked", True, 0),
        ("merge_applied", True, 0),
        ("batch_chunk_2", False, AT_ONCE),
    ],
)
def test_edge_case_13_a_killed_merge_leaves_nothing_half_done_and_is_gone_on_with(
    home: HomePage, point: str, whole: bool, there: int
) -> None:
    branch = approved(whole=whole)
    job = Job.objects.get(kind=jobs.KIND)

    worker: Any = start_process(
        *("-m", "tests.branches.working", str(job.pk), str(AT_ONCE)),
        fault=f"{point}:kill9",
    )
    worker.communicate(timeout=120)

    assert worker.returncode == -signal.SIGKILL
    assert new_titles() == there
    assert list(verify()) == []
    job.refresh_from_db()
    assert job.state == JobState.RUNNING

    end_lease_of_dead_process(job)
    assert run(job.pk).state == JobState.DONE

    branch.refresh_from_db()
    assert (branch.state, new_titles()) == (ProposalState.MERGED, RIDES)
    assert PageVersion.objects.filter(seq=2).count() == RIDES
    assert not PageVersion.objects.filter(seq__gt=2).exists()
    assert list(verify()) == []
