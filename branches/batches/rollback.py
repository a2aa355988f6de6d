"""Everything somebody published in a time, taken back as one branch."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from branches.batches.actions import Target, prepare_batch, rehearse
from branches.batches.refusals import NothingDone
from branches.batches.undoing import changes_by
from branches.models import Batch
from branches.models.batches import ROLLBACK
from branches.rights import MOST_IN_PARTS, may_review
from core.wording import Words
from history.models import ObjectHead, PageVersion


@transaction.atomic
def prepare_rollback(
    *,
    user: Any = None,
    since: datetime | None = None,
    until: datetime | None = None,
    by: Any,
    name: str,
    said: Words = "",
    by_job: bool = True,
) -> Batch:
    """Prepare and try out what takes back all that `user`, or anybody, published.

    Raises NothingDone, TooManyItems, PermissionDenied: it is for those who review.
    """
    if not may_review(by):
        raise PermissionDenied
    parameters: dict[str, Any] = {
        "user": user.pk if user is not None else None,
        "since": since.isoformat() if since else None,
        # What is published from now on is another matter.
        "until": (until or timezone.now()).isoformat(),
    }
    changed = (
        PageVersion.objects.filter(changeset__in=changes_by(**parameters))
        .order_by()
        .values("object_uuid")
    )
    heads = ObjectHead.objects.filter(object_uuid__in=changed).order_by("version")
    found = heads.values_list("object_uuid", "version__title")[: MOST_IN_PARTS + 1]
    targets = [Target(uuid, title or "") for uuid, title in found]
    if not targets:
        raise NothingDone
    batch = prepare_batch(ROLLBACK, targets, by=by, name=name, parameters=parameters)
    return rehearse(batch, by=by, said=said, by_job=by_job)
