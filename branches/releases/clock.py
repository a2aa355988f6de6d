"""What the clock does with releases, once a minute."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from branches.merging.jobs import start_merge
from branches.merging.plans import plan_merge
from branches.models import Proposal
from branches.refusals import MergeRefused
from branches.releases.mails import warn
from branches.states import ProposalState
from core.jobs.actions import AlreadyActive, AlreadyStarted
from core.jobs.models import Job

logger = logging.getLogger("thrillwiki.scheduling")

REHEARSED_BEFORE = timedelta(hours=24)


def publish_due() -> list[Job]:
    """Start the merge of each release whose time has come, once.

    Two clocks start one; after a time without any clock all that fell due is started.
    What is then against it makes the merge send it back (branches/merging/jobs.py).
    """
    started = []
    due = Proposal.objects.filter(
        state=ProposalState.SCHEDULED, due_at__lte=timezone.now()
    )
    for release in due.order_by("due_at", "pk"):
        occasion = f"release {release.pk} {release.due_at:%Y-%m-%dT%H:%M:%S}"
        try:
            started.append(
                start_merge(release, by=release.approved_by, occasion=occasion)
            )
        except (AlreadyActive, AlreadyStarted) as refusal:
            logger.info("Not started: %s", refusal)
    return started


def rehearse_due() -> int:
    """Try out what is due within a day; tell people what would keep it from going live.

    Once for each time it is scheduled. Nothing is changed. Returns how many were tried.
    """
    soon = timezone.now() + REHEARSED_BEFORE
    waiting = Proposal.objects.filter(
        state=ProposalState.SCHEDULED, due_at__lte=soon, rehearsed_at=None
    )
    keys = list(waiting.order_by("due_at").values_list("pk", flat=True))
    return sum(_rehearse(key) for key in keys)


@transaction.atomic
def _rehearse(key: int) -> bool:
    # Whoever comes second finds it held and leaves it.
    rows = Proposal.objects.select_for_update(skip_locked=True, no_key=True)
    release = rows.filter(pk=key, rehearsed_at=None).select_related(None).first()
    if release is None or release.state != ProposalState.SCHEDULED:
        return False
    release.rehearsed_at = timezone.now()
    release.save(update_fields=["rehearsed_at"])
    if problems := _problems_of(release):
        warn(release, problems)
    return True


def _problems_of(release: Proposal) -> list[str]:
    try:
        plan = plan_merge(release)
    except MergeRefused as refusal:
        return [str(refusal)]
    conflicts = dict.fromkeys(item.item.title for item, _conflict in plan.conflicts)
    return [*conflicts, *plan.problems]
