"""Doing a job: from taking it up to its report, whatever happens on the way."""

import logging
from typing import Any

from core.jobs.kinds import KINDS
from core.jobs.models import Job, JobState
from core.jobs.turns import Cancelled, LeaseLost, Turn, TurnOver, Watch, take
from core.refusals import Refused

logger = logging.getLogger("thrillwiki.jobs")

# A job that takes its process down each time is not tried for ever.
MOST_ATTEMPTS = 5


def run(pk: int, *, seconds: float | None = None, watch: Watch | None = None) -> Any:
    """Work on a job until it ends or this turn is over.

    Returns the job as it stands then, None when somebody else is at it. An error in
    the work ends the job as failed and is told on its row.
    """
    job = take(pk)
    if job is None:
        return None
    turn = Turn(job, seconds=seconds, watch=watch)
    if job.attempts > MOST_ATTEMPTS:
        stopped = f"Given up: it was broken off {MOST_ATTEMPTS} times at one point."
        turn.finish(JobState.FAILED, message=stopped)
    else:
        _work(job, turn)
    return job


def _work(job: Job, turn: Turn) -> None:
    kind = KINDS.get(job.kind)
    if kind is None:
        turn.finish(JobState.FAILED, message=f"Nobody knows how to {job.kind}.")
        return
    try:
        turn.go_on()
        report = kind.work(turn)
    except Cancelled:
        turn.finish(JobState.CANCELLED, message="Cancelled; what was done stays done.")
    except TurnOver:
        turn.give_back()
    except LeaseLost:
        logger.warning("%s is held by somebody else now", job)
        job.refresh_from_db()
    except KeyboardInterrupt:
        turn.finish(JobState.CANCELLED, message="Stopped; what was done stays done.")
        raise
    except Refused as refusal:
        # Something says itself why it cannot be done now: no fault of the program.
        logger.warning("%s was refused: %s", job, refusal)
        turn.finish(JobState.FAILED, message=str(refusal)[:300])
    except Exception as error:
        logger.exception("%s failed", job)
        message = f"{type(error).__name__}: {error}"[:300]
        turn.finish(JobState.FAILED, message=message)
    else:
        turn.finish(JobState.DONE, report=report)
