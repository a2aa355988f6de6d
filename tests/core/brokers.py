"""Brokers that are not there."""

from typing import Any

from celery import Celery


def task_at(address: str, name: str = "nap") -> Any:
    """A task whose broker is a Redis at this address."""

    def nap(**given: object) -> None:
        """Nothing that matters."""

    return Celery("away", broker=address, set_as_current=False).task(nap, name=name)
