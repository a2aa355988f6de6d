"""Holding versions and releasing them. One administrator is enough for either."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log

from history.holds.refusals import (
    HeldAlready,
    NoReason,
    NotAllowed,
    ReleasedAlready,
)
from history.models import PageVersion, VersionHold


@transaction.atomic
def hold(*, version: PageVersion, reason: str, by: Any) -> VersionHold:
    """Keep a version out of the archive until the hold is released.

    A version that lies in the archive stays there; restored, it does not go back.
    Raises HeldAlready, NoReason, NotAllowed.
    """
    said = _said(reason, by=by, right="history.add_versionhold")
    # The archive locks the row as well, and looks for holds once it has it.
    version = PageVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if VersionHold.objects.in_force().filter(version=version).exists():
        raise HeldAlready
    placed = VersionHold.objects.create(version=version, reason=said, placed_by=by)
    log(instance=placed, action="history.hold.place", user=by, data={"reason": said})
    return placed


@transaction.atomic
def release(*, placed: VersionHold, reason: str, by: Any) -> VersionHold:
    """Let the archive have a version again. The row stays, with both reasons.

    Raises NoReason, NotAllowed, ReleasedAlready.
    """
    said = _said(reason, by=by, right="history.change_versionhold")
    placed = VersionHold.objects.select_for_update(of=("self",)).get(pk=placed.pk)
    if not placed.is_in_force:
        raise ReleasedAlready
    placed.released_by, placed.released_at = by, timezone.now()
    placed.release_reason = said
    placed.save(update_fields=["released_by", "released_at", "release_reason"])
    log(instance=placed, action="history.hold.release", user=by, data={"reason": said})
    return placed


def _said(reason: str, *, by: Any, right: str) -> str:
    if not by.has_perm(right):
        raise NotAllowed
    if not (said := reason.strip()):
        raise NoReason
    return said
