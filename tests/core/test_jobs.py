"""Jobs: one at a time, resumed after a crash, cancelled on request."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Now

import pytest
from kombu.exceptions import OperationalError

from core.doorbell import broker
from core.jobs import running
from core.jobs.actions import AlreadyActive, AlreadyEnded, cancel_job, start_job
from core.jobs.clock import resume_jobs, start_daily
from core.jobs.kinds import KINDS, Kind, register_kind
from core.jobs.models import Job, JobState
from core.jobs.running import MOST_ATTEMPTS, run
from core.jobs.tasks import run_job
from core.jobs.turns import LeaseLost, Turn, end_lease_of_dead_process, take
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

Register = Callable[[Callable[[Turn], dict[str, Any]]], None]


@pytest.fixture
def paint() -> Iterator[Register]:
    """Registers how the fence is painted, for one test."""

    def register(work: Callable[[Turn], dict[str, Any]]) -> None:
        register_kind(Kind("paint", "Paint the fence", "fence", work))

    register(lambda turn: {"posts": 7})
    yield register
    del KINDS["paint"]


def waiting(**options: Any) -> Job:
    return start_job(kind="paint", by=None, options=options, ring=False)


def let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


@pytest.mark.usefixtures("paint")
def test_a_job_ends_with_its_report() -> None:
    job = run(waiting().pk)

    assert (job.state, job.report, job.holder) == (JobState.DONE, {"posts": 7}, "")
    assert job.started_at <= job.finished_at


@pytest.mark.usefixtures("paint")
def test_one_job_is_active_in_a_slot() -> None:
    first = waiting()

    with pytest.raises(AlreadyActive, match=f"job {first.pk}: Paint the fence"):
        waiting()

    run(first.pk)
    waiting()


@pytest.mark.usefixtures("paint")
def test_two_beats_start_one_job_a_day() -> None:
    start_daily(kind="paint")
    run(Job.objects.get().pk)

    start_daily(kind="paint")

    assert Job.objects.count() == 1


@pytest.mark.usefixtures("paint")
def test_a_job_is_taken_up_by_one_process() -> None:
    job = waiting()

    assert take(job.pk) is not None
    assert take(job.pk) is None
    assert run(job.pk) is None


def test_a_job_that_was_broken_off_is_resumed_within_a_minute(
    paint: Register, django_capture_on_commit_callbacks: Any
) -> None:
    job = waiting()
    take(job.pk)
    resume_jobs()
    assert Job.objects.get().state == JobState.RUNNING

    let_lease_run_out(job)
    resume_jobs()

    assert Job.objects.get().state == JobState.DONE


def test_who_lost_the_lease_changes_nothing_more(paint: Register) -> None:
    job = waiting()
    slow = take(job.pk)
    assert slow is not None
    let_lease_run_out(job)
    quick = take(job.pk)
    assert quick is not None

    with pytest.raises(LeaseLost):
        Turn(slow).keep(done=3)
    Turn(slow).finish(JobState.FAILED, message="Too late")

    job.refresh_from_db()
    assert (job.state, job.done, job.holder) == (JobState.RUNNING, 0, quick.holder)


def test_a_running_job_is_cancelled_between_two_pieces(paint: Register) -> None:
    boss = make_person("admin")

    def work(turn: Turn) -> dict[str, Any]:
        turn.go_on(done=1, total=2)
        cancel_job(job=turn.job, by=boss)
        turn.go_on(done=2)
        raise AssertionError("not reached")

    paint(work)
    job = run(waiting().pk)

    assert (job.state, job.done) == (JobState.CANCELLED, 2)


@pytest.mark.usefixtures("paint")
def test_a_waiting_job_is_cancelled_at_once() -> None:
    job = waiting()

    cancel_job(job=job, by=None)

    assert job.state == JobState.CANCELLED
    assert run(job.pk) is None
    with pytest.raises(AlreadyEnded):
        cancel_job(job=job, by=None)


def test_what_goes_wrong_stands_on_the_job(
    paint: Register, caplog: pytest.LogCaptureFixture
) -> None:
    def work(turn: Turn) -> dict[str, Any]:
        raise OSError("The disk is full")

    paint(work)
    job = run(waiting().pk)

    assert (job.state, job.message) == (JobState.FAILED, "OSError: The disk is full")
    assert "The disk is full" in caplog.text


def test_a_job_that_kills_its_process_is_not_tried_for_ever(paint: Register) -> None:
    job = waiting()
    for _ in range(MOST_ATTEMPTS):
        assert take(job.pk) is not None
        let_lease_run_out(job)

    stopped = run(job.pk)

    assert stopped.state == JobState.FAILED
    assert "broken off" in stopped.message


def test_coming_forward_counts_as_a_new_beginning(paint: Register) -> None:
    job = waiting()
    for _ in range(MOST_ATTEMPTS * 2):
        taken = take(job.pk)
        assert taken is not None
        Turn(taken).keep(done=F("done") + 1)
        let_lease_run_out(job)

    assert run(job.pk).state == JobState.DONE


def test_a_long_job_is_done_in_turns(paint: Register) -> None:
    def work(turn: Turn) -> dict[str, Any]:
        turn.keep(done=turn.job.done + 1)
        if turn.job.done < 3:
            turn.go_on()
        return {"turns": turn.job.done}

    paint(work)
    job = waiting()
    states = []
    for _ in range(3):
        # The look before the work ends a turn of no time; only that after it is meant.
        taken = run(job.pk, seconds=-1)
        states.append(taken.state)

    assert set(states) == {JobState.QUEUED}
    assert run(job.pk).state == JobState.DONE


def test_a_job_stopped_at_the_keyboard_is_not_resumed(paint: Register) -> None:
    def work(turn: Turn) -> dict[str, Any]:
        raise KeyboardInterrupt

    paint(work)
    job = waiting()

    with pytest.raises(KeyboardInterrupt):
        run(job.pk)

    assert Job.objects.get().state == JobState.CANCELLED


@pytest.mark.usefixtures("paint")
def test_a_job_whose_kind_is_gone_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    job = waiting()
    monkeypatch.setattr(running, "KINDS", {})

    assert "Nobody knows" in run(job.pk).message


@pytest.mark.usefixtures("paint")
def test_a_job_waits_when_the_broker_is_away(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(**arguments: Any) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as outage:
        outage.setattr(run_job, "apply_async", away)
        with django_capture_on_commit_callbacks(execute=True):
            start_job(kind="paint", by=None)
    assert Job.objects.get().state == JobState.QUEUED

    monkeypatch.setattr(broker, "_silent_until", 0.0)
    resume_jobs()

    assert Job.objects.get().state == JobState.DONE


@pytest.mark.usefixtures("paint")
def test_the_lease_of_a_process_that_died_here_ends_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_process(pid: int, signal: int) -> None:
        raise ProcessLookupError

    job = waiting()
    taken = take(job.pk)
    assert taken is not None
    end_lease_of_dead_process(taken)
    assert take(job.pk) is None

    monkeypatch.setattr("core.jobs.turns.os.kill", no_process)
    end_lease_of_dead_process(taken)

    assert take(job.pk) is not None
