"""A process that works on one job to its end, as a worker does.

python -m tests.branches.working JOB [PAGES_AT_ONCE]
"""

import sys
from typing import Any

import django


def work(pk: int, at_once: int) -> None:
    """Take the job up and print how it ended."""
    # Only now are the models there to be imported with.
    running: Any = __import__("core.jobs.running", fromlist=["run"])
    parts: Any = __import__("branches.merging.parts", fromlist=["AT_ONCE"])
    batches: Any = __import__("branches.batches.working", fromlist=["CHUNK"])
    parts.AT_ONCE = batches.CHUNK = at_once
    job = running.run(pk)
    sys.stdout.write(f"{job.state if job else 'taken'}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    work(int(sys.argv[1]), int([*sys.argv, "100"][2]))
