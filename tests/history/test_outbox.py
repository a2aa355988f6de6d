"""What follows a change is done once, soon, and never forgotten."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

import pytest
from kombu.exceptions import OperationalError

from history import doorbell, outbox
from history.models import ChainEnd, ChangeSet, OutboxEntry
from history.tasks import tidy_up, work_off_outbox
from tests.factories.pages import make_park

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]

Handlers = dict[str, Callable[[Sequence[int]], Any]]


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> Handlers:
    """No topic but those a test adds, and nothing to do yet."""
    OutboxEntry.objects.all().delete()
    known: Handlers = {}
    monkeypatch.setattr(outbox, "_handlers", known)
    return known


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Who was woken, and how."""
    rings: list[dict[str, Any]] = []
    monkeypatch.setattr(doorbell.doorbell, "_heard_until", 0.0)
    # A test is one transaction; what was published before it began is not of interest.
    monkeypatch.setattr(connection, "run_on_commit", [])
    monkeypatch.setattr(
        work_off_outbox, "apply_async", lambda **options: rings.append(options)
    )
    return rings


def waiting() -> list[OutboxEntry]:
    return list(OutboxEntry.objects.filter(done_at=None))


def test_a_change_leaves_one_entry_for_each_topic() -> None:
    make_park()

    change = ChangeSet.objects.latest("number")
    assert {entry.topic for entry in change.outbox.all()} >= {"seal", "prune"}


def test_what_follows_is_done_and_ticked_off() -> None:
    make_park()

    work_off_outbox()

    assert waiting() == []
    assert ChainEnd.objects.get().position == ChangeSet.objects.count()
    assert outbox.work_off() == 0


def test_entries_of_one_topic_are_done_together(handlers: Handlers) -> None:
    told: list[list[int]] = []
    handlers["ask"] = lambda numbers: told.append(list(numbers))
    for title in ("First", "Second", "Third"):
        make_park(title)

    assert outbox.work_off() == 3

    assert told == [sorted(ChangeSet.objects.values_list("pk", flat=True))[-3:]]


def test_one_entry_that_fails_does_not_hold_up_the_others(handlers: Handlers) -> None:
    def refuse_the_second(numbers: Sequence[int]) -> None:
        if second.number in numbers:
            raise ValueError("It is raining")

    handlers["ask"] = refuse_the_second
    make_park("First")
    make_park("Second")
    second = ChangeSet.objects.latest("number")
    make_park("Third")

    done = outbox.work_off()

    (entry,) = waiting()
    assert done == 2
    assert entry.changeset == second
    assert (entry.attempts, entry.problem) == (1, "ValueError: It is raining")
    assert entry.due_at > timezone.now()


def test_an_entry_that_failed_comes_again_later_each_time(handlers: Handlers) -> None:
    def refuse(numbers: Sequence[int]) -> None:
        raise ValueError("It is raining")

    handlers["ask"] = refuse
    make_park()
    waits = []
    for _ in range(12):
        OutboxEntry.objects.update(due_at=timezone.now())
        before = timezone.now()
        outbox.work_off()
        waits.append((waiting()[0].due_at - before) // timedelta(minutes=1))

    assert waits == sorted(waits)
    assert waits[:4] == [0, 1, 2, 4]
    assert waits[-1] == 6 * 60

    handlers["ask"] = lambda numbers: None
    OutboxEntry.objects.update(due_at=timezone.now())
    assert outbox.work_off() == 1
    assert OutboxEntry.objects.get().problem == ""


def test_what_a_failing_handler_wrote_is_taken_back(handlers: Handlers) -> None:
    def write_and_fail(numbers: Sequence[int]) -> None:
        ChangeSet.objects.filter(pk__in=numbers).update(author_hidden=True)
        raise ValueError("It is raining")

    handlers["ask"] = write_and_fail
    make_park()

    outbox.work_off()

    assert not ChangeSet.objects.filter(author_hidden=True).exists()


def test_a_change_that_is_rolled_back_leaves_no_work(
    handlers: Handlers, bell: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    handlers["ask"] = lambda numbers: None

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        make_park()
        transaction.set_rollback(True)

    assert waiting() == []
    assert bell == []


def test_the_bell_rings_once_for_many_publishes(
    bell: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as called:
        for number in range(5):
            make_park(f"Park {number}")

    assert called.count(doorbell.doorbell.ring) == len(bell) == 1
    assert bell[0]["retry"] is False


def test_the_bell_is_not_rung_again_before_anybody_got_up(bell: list[Any]) -> None:
    for _ in range(100):
        doorbell.doorbell.ring()

    assert len(bell) == 1


@pytest.mark.parametrize("problem", [OperationalError("no broker"), OSError("full")])
def test_a_broker_that_is_down_never_fails_a_publish(
    problem: Exception,
    bell: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries = []

    def fail(**options: Any) -> None:
        tries.append(options)
        raise problem

    monkeypatch.setattr(work_off_outbox, "apply_async", fail)
    with django_capture_on_commit_callbacks(execute=True):
        park = make_park()
    doorbell.doorbell.ring()

    assert type(park).objects.get(pk=park.pk).live
    assert len(tries) == 1
    assert "sweeper" in caplog.text
    assert outbox.work_off() > 0


def test_entries_done_long_ago_are_swept_up() -> None:
    make_park()
    outbox.work_off()
    week = timezone.now() - timedelta(days=8)
    keys = list(OutboxEntry.objects.values_list("pk", flat=True))
    OutboxEntry.objects.filter(pk__in=keys[1:]).update(done_at=week)

    tidy_up()

    assert list(OutboxEntry.objects.values_list("pk", flat=True)) == keys[:1]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_one_entry_twice(handlers: Handlers) -> None:
    told: list[int] = []
    handlers["ask"] = told.extend
    changes = []
    for number in range(20):
        change = ChangeSet.objects.create(reason=str(number))
        outbox.write_entries(change)
        changes.append(change.number)
    ready = Barrier(4)

    def work() -> None:
        ready.wait()
        try:
            outbox.work_off()
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(told) == changes
    assert waiting() == []
