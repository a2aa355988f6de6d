"""Suggestions that nobody goes on with: one warning, and a week later they are closed.

A closed one is kept as it is, and its author can copy it to a new draft.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from branches.mails import tell_author
from branches.models import NoteKind, Proposal, ProposalNote
from branches.states import ProposalState, may_follow

IDLE = timedelta(days=60)
WARNED_BEFORE = timedelta(days=7)

_CAN_EXPIRE = [s.value for s in ProposalState if may_follow(s, ProposalState.EXPIRED)]


def close_idle() -> None:
    """Warn of and close what is due. Running it twice does nothing twice.

    What was not warned of in time, because no clock ran, has its week all the same.
    """
    now = timezone.now()
    quiet = _quiet_since(now - IDLE + WARNED_BEFORE)
    unwarned = quiet.filter(_UNWARNED).values_list("pk", flat=True)
    for pk in list(unwarned):
        _warn(pk, now)
    warned = _quiet_since(now - IDLE).exclude(_UNWARNED)
    due = warned.filter(warned_at__lte=now - WARNED_BEFORE)
    for pk in list(due.values_list("pk", flat=True)):
        _close(pk, now)


_UNWARNED = Q(warned_at=None) | Q(warned_at__lt=Coalesce("active_at", "changed_at"))


def _quiet_since(moment: datetime) -> QuerySet[Proposal, Any]:
    """Suggestions nobody has written on or about since, with when they were warned."""
    said = Max("notes__made_at", filter=~Q(notes__kind=NoteKind.EXPIRING))
    warned = Max("notes__made_at", filter=Q(notes__kind=NoteKind.EXPIRING))
    suggestions = Proposal.objects.suggestions().filter(state__in=_CAN_EXPIRE)
    return suggestions.annotate(
        active_at=Greatest("changed_at", Coalesce(said, "changed_at")),
        warned_at=warned,
    ).filter(active_at__lt=moment)


@transaction.atomic
def _warn(pk: int, now: datetime) -> None:
    proposal = Proposal.objects.held(pk)
    # Somebody may have gone on with it while others were told.
    if _quiet_since(now - IDLE + WARNED_BEFORE).filter(_UNWARNED, pk=pk).exists():
        _note(proposal, NoteKind.EXPIRING)


@transaction.atomic
def _close(pk: int, now: datetime) -> None:
    proposal = Proposal.objects.held(pk)
    if not _quiet_since(now - IDLE).exclude(_UNWARNED).filter(pk=pk).exists():
        return
    proposal.step_to(ProposalState.EXPIRED)
    proposal.save()
    if (current := proposal.current_workflow_state) is not None:
        current.cancel()
    _note(proposal, NoteKind.EXPIRED)


def _note(proposal: Proposal, kind: NoteKind) -> None:
    tell_author(ProposalNote.objects.create(proposal=proposal, kind=kind))
