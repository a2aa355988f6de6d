"""Whether somebody works: for each queue the workers that take from it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

PATIENCE_S = 2.0


class Command(BaseCommand):
    help = "Name the workers of each queue; exit with 1 if a queue has none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask all workers at once, over the broker."""
        try:
            answers = current_app.control.inspect(timeout=PATIENCE_S).active_queues()
        except (OperationalError, RedisError, OSError) as problem:
            raise CommandError(f"The broker does not answer: {problem}") from problem
        workers: dict[str, list[str]] = {
            name: [] for name in settings.CELERY_TASK_QUEUES
        }
        for worker, queues in sorted((answers or {}).items()):
            for queue in queues:
                workers.setdefault(queue["name"], []).append(worker)
        for name, its_workers in workers.items():
            self.stdout.write(f"{name}: {', '.join(its_workers) or 'nobody'}")
        if left_alone := [name for name, known in workers.items() if not known]:
            raise CommandError(f"Nobody works on: {', '.join(left_alone)}")
