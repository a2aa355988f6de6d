"""Approving and rejecting. Exactly one decision is recorded for each review."""

from typing import Any

from django.db import transaction

from wagtail.locks import BasicLock
from wagtail.models import LockableMixin, Revision, TaskState, WorkflowState

from history.conflicts.refusals import StalePublish
from history.conflicts.rule import refuse_if_stale
from moderation.fingerprints import fingerprint_of
from moderation.refusals import (
    AlreadyDecided,
    Overtaken,
    OwnText,
    ReasonMissing,
    TextChanged,
    TextLocked,
    TextNotNamed,
)


@transaction.atomic
def approve(
    review: TaskState,
    *,
    by: Any,
    fingerprint: str = "",
    comment: str = "",
    amended_from: int | None = None,
) -> None:
    """Approve the text with this fingerprint; the last step publishes it.

    `amended_from` is the revision a moderator has edited while approving: their own
    edit on top of the text they have read may go with it. Raises a DecisionRefused,
    changing nothing, when the text is another one by now, the review is closed or
    somebody else has locked the page.
    """
    state = ready_to_approve(
        review, by=by, fingerprint=fingerprint, amended_from=amended_from
    )
    pass_review(state, by=by, comment=comment)


def ready_to_approve(
    review: TaskState, *, by: Any, fingerprint: str, amended_from: int | None = None
) -> Any:
    """The review, locked, of a text that this person may approve.

    Raises as `approve` does.
    """
    state = open_review(review, by)
    _refuse_if_locked(state.workflow_state.content_object, by)
    latest = _locked_latest_revision(state.workflow_state)
    if not fingerprint:
        raise TextNotNamed
    current = fingerprint_of(latest)
    if current != fingerprint and not _is_own_edit_of(
        amended_from, fingerprint, latest, by
    ):
        raise TextChanged(latest, read_revision_id=amended_from or state.revision_id)
    # From here on the review stands for the text that was read, amendments included.
    state.revision = latest
    state.approved_fingerprint = current
    return state


def pass_review(state: Any, *, by: Any, comment: str = "") -> None:
    """Take a review that is ready to its next step, the last of which publishes."""
    try:
        state.approve(user=by, comment=comment)
    except StalePublish as stale:
        raise Overtaken(stale, state.revision) from stale


@transaction.atomic
def reject(review: TaskState, *, by: Any, comment: str = "", **unused: Any) -> None:
    """Send the text back to its author with a reason.

    Raises a DecisionRefused, changing nothing, without a reason or when the review
    is closed.
    """
    state = open_review(review, by)
    if not comment.strip():
        raise ReasonMissing
    state.reject(user=by, comment=comment)


def refuse_if_closed_or_own(state: Any, user: Any) -> None:
    """Raise the refusal that awaits this person, if they cannot decide here."""
    workflow_state = state.workflow_state
    if (
        state.status != TaskState.STATUS_IN_PROGRESS
        or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or workflow_state.current_task_state_id != state.pk
    ):
        raise AlreadyDecided(state)
    if state.is_by(user):
        raise OwnText


def refuse_if_overtaken(page: Any) -> None:
    """Raise Overtaken if the newest draft was begun from something no longer live."""
    latest = page.latest_revision
    try:
        refuse_if_stale(page.specific, latest, page.live_revision_id)
    except StalePublish as stale:
        raise Overtaken(stale, latest) from stale


def open_review(review: TaskState, by: Any) -> Any:
    """The review, locked until the decision is written down."""
    # Saving a draft ends by updating the page's row, so holding that row keeps the
    # text as it is. The order of the locks is the same wherever they are taken.
    known = WorkflowState.objects.get(pk=review.workflow_state_id)
    _locked(known.base_content_type.model_class(), known.object_id)
    workflow_state = _locked(WorkflowState, known.pk)
    state = _locked(TaskState, review.pk).specific
    state.workflow_state = workflow_state
    refuse_if_closed_or_own(state, by)
    workflow_state.current_task_state = state
    return state


def _refuse_if_locked(subject: Any, by: Any) -> None:
    # Not the lock of the review itself, which keeps others from editing.
    lock = subject.get_lock() if isinstance(subject, LockableMixin) else None
    if isinstance(lock, BasicLock) and lock.for_user(by):
        raise TextLocked(subject)


def _locked_latest_revision(workflow_state: WorkflowState) -> Any:
    latest_id = workflow_state.content_object.latest_revision_id
    return _locked(Revision, latest_id)


def _locked(model: Any, pk: Any) -> Any:
    # Without its key, so that a log entry pointing at the row need not wait.
    return model._base_manager.select_for_update(no_key=True).get(pk=pk)


def _is_own_edit_of(
    read_revision_id: int | None, fingerprint: str, latest: Any, by: Any
) -> bool:
    if read_revision_id is None or latest.user_id != by.pk:
        return False
    previous = latest.get_previous()
    return previous.pk == read_revision_id and fingerprint_of(previous) == fingerprint
