"""Whoever calls for a worker never waits for the broker."""

import socket
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from redis.connection import AbstractConnection

from core.doorbell import IMPATIENT, Broker, Doorbell
from tests.core.brokers import task_at


@pytest.fixture
def task() -> Any:
    """A task whose broker is a Redis that nobody runs: its port is closed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return task_at(f"redis://127.0.0.1:{port}/0")


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float]]:
    """How long each try to connect would have waited at most."""
    waits: list[tuple[float, float]] = []
    connect = AbstractConnection.connect

    def counted(self: Any, *args: Any, **options: Any) -> Any:
        waits.append((self.socket_connect_timeout, self.socket_timeout))
        return connect(self, *args, **options)

    monkeypatch.setattr(AbstractConnection, "connect", counted)

    def sleep(seconds: float) -> None:
        raise AssertionError(f"somebody sleeps for {seconds} s")

    monkeypatch.setattr("kombu.utils.functional.sleep", sleep)
    monkeypatch.setattr("redis.retry.sleep", sleep)
    return waits


def test_a_closed_port_is_tried_once_without_a_wait(
    task: Any, tries: list[tuple[float, float]], caplog: pytest.LogCaptureFixture
) -> None:
    sent = Broker().send(task)

    assert not sent
    assert tries == [(0.5, 0.5)]
    assert "the sweeper will" in caplog.text


def test_who_comes_next_does_not_try_again(
    task: Any, tries: list[tuple[float, float]]
) -> None:
    broker = Broker()

    for _ in range(5):
        broker.send(task)

    assert len(tries) == 1


def test_a_bell_that_nobody_hears_is_no_error(
    task: Any, tries: list[tuple[float, float]]
) -> None:
    Doorbell(task).ring()

    assert len(tries) == 1


def test_no_wait_for_the_broker_is_longer_than_half_a_second() -> None:
    waits = {IMPATIENT["socket_timeout"], IMPATIENT["socket_connect_timeout"]}

    assert max(waits) <= 0.5


def test_workers_are_more_patient_than_requests(settings: Settings) -> None:
    # They wait for work on the same connection, a second at a time.
    assert "socket_timeout" not in settings.CELERY_BROKER_TRANSPORT_OPTIONS
