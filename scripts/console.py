"""What the commands say: one line for each long step, one line for each problem."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something the reader can put right. Shown without a traceback, exit status 1."""


class Interrupted(Exception):
    """Ctrl-C or SIGTERM came while a step was running."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Announce a long step, then print how many seconds it took."""
    print(f"  {what} ...", end="", flush=True)
    started_at = time.monotonic()
    try:
        yield
    except BaseException as error:
        print(" failed" if isinstance(error, Problem) else " stopped", flush=True)
        raise
    print(f" {time.monotonic() - started_at:.1f} s", flush=True)


def exit_with(command: Callable[[], int]) -> None:
    """Run a command and end the process with its status, a Problem being one line."""
    try:
        status = command()
    except Problem as problem:
        print(problem, file=sys.stderr)
        status = 1
    except (Interrupted, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
        status = 130
    sys.exit(status)
