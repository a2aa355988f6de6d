"""What somebody waits for never stands behind what nobody waits for."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command

import pytest
from celery import Celery
from kombu.connection import Connection

from core.jobs.actions import start_job
from core.jobs.tasks import run_bulk_job, run_job, task_for
from thrillwiki.celery import app
from thrillwiki.settings.queues import BULK, PROMPT, QUEUES, ROUTES


def test_every_task_is_in_a_queue_on_purpose() -> None:
    app.loader.import_default_modules()

    tasks = {task for task in app.tasks if not task.startswith(("celery.", "tests."))}

    assert set(ROUTES) == tasks
    assert {route["queue"] for route in ROUTES.values()} == set(QUEUES)


def sent(file_broker: dict[str, Any], *tasks: str) -> None:
    """Send tasks as the wiki does, to a broker of files."""
    sender = Celery(set_as_current=False)
    sender.config_from_object(settings, namespace="CELERY")
    sender.conf.update(
        broker_url="filesystem://localhost/",
        broker_transport_options=file_broker,
        task_always_eager=False,
    )
    with sender.connection_for_write() as connection:
        for task in tasks:
            sender.send_task(task, connection=connection)


def test_photos_stand_in_nobodys_way(tmp_path: Path) -> None:
    file_broker = {
        name: str(tmp_path)
        for name in ("data_folder_in", "data_folder_out", "control_folder")
    }
    photo, check = "photos.tasks.prepare_renditions", "branches.tasks.check_proposal"
    sent(file_broker, *[photo] * 3, check)
    taken: list[str] = []

    def take(body: object, message: Any) -> None:
        taken.append(message.headers["task"])
        message.ack()

    with Connection(
        "filesystem://localhost/", transport_options=file_broker
    ) as connection:
        queues = [app.amqp.queues[name] for name in (BULK, PROMPT)]
        channel = connection.default_channel
        with connection.Consumer(queues, channel=channel, accept=["json"]) as consumer:
            consumer.qos(prefetch_count=1)
            consumer.register_callback(take)
            for _ in range(4):
                connection.drain_events(timeout=2)

    assert taken.index(check) <= 1
    assert taken.count(photo) == 3


@pytest.mark.django_db
def test_the_archive_works_apart_from_what_somebody_waits_for() -> None:
    archive = start_job(kind="archive", by=None, ring=False)
    merge = start_job(kind="merge_branch", by=None, ring=False)

    assert (task_for(archive), task_for(merge)) == (run_bulk_job, run_job)


class Workers:
    """One worker that answers, and takes from these queues."""

    taken: list[str]

    def __init__(self, timeout: float) -> None:
        assert timeout <= 2

    def active_queues(self) -> dict[str, list[dict[str, str]]]:
        return {"one": [{"name": name} for name in self.taken]}


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> type[Workers]:
    monkeypatch.setattr(app.control, "inspect", Workers)
    return Workers


def test_the_workers_of_each_queue_are_named(
    workers: type[Workers], capsys: pytest.CaptureFixture[str]
) -> None:
    workers.taken = [PROMPT, BULK]

    call_command("check_workers")

    assert capsys.readouterr().out.split("\n")[:2] == ["celery: one", "bulk: one"]


def test_a_queue_without_a_worker_is_told(workers: type[Workers]) -> None:
    workers.taken = [PROMPT]

    with pytest.raises(CommandError, match="Nobody works on: bulk"):
        call_command("check_workers")
