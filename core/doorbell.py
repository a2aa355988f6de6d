"""Calling a worker, at once or not at all.

The broker is only a doorbell. What matters is written in the database, where a sweeper
finds it that looks every half minute, so nobody has to wait for a broker that is away.
"""

import logging
from time import monotonic
from typing import Any

from celery.app.task import Task
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger("thrillwiki.outbox")

# One ring is enough for everything committed until the worker gets up.
SECONDS_TO_GET_UP = 0.5
# Whoever comes next shall not wait for a dead broker again.
SECONDS_UNTIL_MENDED = 30
# Of the connection that a request waits for; workers are more patient with theirs.
IMPATIENT = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "max_retries": 0,
}


class Broker:
    """Takes tasks for workers. One that does not answer is left alone for a while."""

    def __init__(self) -> None:
        self._silent_until = 0.0

    def send(self, task: Task, *, countdown: float = 0, **arguments: Any) -> bool:
        """Hand a task over; False if the broker cannot be reached. Never raises."""
        if monotonic() < self._silent_until:
            return False
        try:
            impatient = task.app.connection_for_write(transport_options=IMPATIENT)
            with impatient as connection:
                task.apply_async(
                    kwargs=arguments,
                    countdown=countdown,
                    connection=connection,
                    retry=False,
                )
        except (OperationalError, RedisError, OSError) as error:
            self._silent_until = monotonic() + SECONDS_UNTIL_MENDED
            logger.warning("The broker does not answer, the sweeper will: %s", error)
            return False
        return True


broker = Broker()


class Doorbell:
    """Calls for one task, at most once in the time a worker takes to get up."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._heard_until = 0.0

    def ring(self) -> None:
        """Wake a worker. A broker that cannot be reached never fails the caller."""
        now = monotonic()
        if now < self._heard_until:
            return
        self._heard_until = now + SECONDS_TO_GET_UP
        broker.send(self.task, countdown=SECONDS_TO_GET_UP)
