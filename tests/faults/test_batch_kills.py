"""A worker is killed while it puts a batch on its branch; the next one goes on."""

import signal
from typing import Any

import pytest

from branches.batches import actions
from branches.batches.actions import Target, prepare_batch, put_on_branch, rehearse
from branches.models import Batch, BatchState, ProposalItem
from core.jobs.models import JobState
from core.jobs.running import run
from core.jobs.turns import end_lease_of_dead_process
from history.verifying import verify
from home.models import HomePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.faults.processes import start_process

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

RIDES, AT_ONCE = 5, 2


@pytest.fixture
def batch(home: HomePage, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """One that a worker is to put on its branch; few rides are many here."""
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    # Nobody hears the bell: the test has a worker of its own.
    monkeypatch.setattr("core.jobs.actions.ring_for", lambda pk: None)
    park, editor = make_park(), make_person("Editor")
    rides = [make_ride(park, f"Ride {number}") for number in range(RIDES)]
    targets = [Target(ride.uuid, ride.title) for ride in rides]
    said = {"material": "steel"}
    made = prepare_batch("set", targets, by=editor, name="Steel", parameters=said)
    tried = rehearse(made, by=editor, by_job=False)
    return put_on_branch(tried, by=editor, name="Steel")


def test_a_killed_batch_keeps_what_was_whole_and_is_gone_on_with(batch: Batch) -> None:
    job = batch.job
    assert job is not None

    worker: Any = start_process(
        *("-m", "tests.branches.working", str(job.pk), str(AT_ONCE)),
        fault="batch_worked_out_2:kill9",
    )
    worker.communicate(timeout=120)

    assert worker.returncode == -signal.SIGKILL
    assert ProposalItem.objects.count() == AT_ONCE
    assert batch.rows.waiting().count() == RIDES - AT_ONCE
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.RUNNING, AT_ONCE)

    end_lease_of_dead_process(job)
    assert run(job.pk).state == JobState.DONE

    batch.refresh_from_db()
    assert batch.state == BatchState.MADE
    assert ProposalItem.objects.count() == RIDES
    assert not batch.rows.waiting().exists()
    assert batch.branch is not None
    assert batch.branch.content_hash == batch.branch.hash_of_rows()
    assert list(verify()) == []
