"""Deciding in the page editor, whose form carries the text and the decision at once."""

import json
from typing import Any

from django.http import HttpRequest

from wagtail.models import TaskState

from history.conflicts.holding import key_in
from moderation.decisions import refuse_if_closed_or_own
from moderation.fingerprints import fingerprint_of
from moderation.models import ReviewState
from moderation.refusals import AlreadyDecided, ReasonMissing, TextChanged

DECISION = "action-workflow-action"
DETAILS = "workflow-action-extra-data"


def bind_decision_to_text(request: HttpRequest, page: Any) -> None:
    """Make the decision in this form one about the text the form was opened with.

    Raises a DecisionRefused when there is nothing left to decide or the text has
    changed under the open form. Left to itself Wagtail would save the form, and
    publish it or not, without a word.
    """
    state = page.current_workflow_task_state
    if state is None:
        raise AlreadyDecided(_last_decision(page))
    if not isinstance(state, ReviewState):
        return
    refuse_if_closed_or_own(state, request.user)
    latest = page.latest_revision
    action = request.POST.get("workflow-action-name")
    if action == "approve" and not _was_opened_with(request, latest):
        raise TextChanged(latest, read_revision_id=_opened_revision_id(request))
    comment = _comment(request)
    if action == "reject" and not comment:
        raise ReasonMissing
    _set_details(
        request,
        comment=comment,
        fingerprint=fingerprint_of(latest),
        amended_from=latest.pk,
    )


def _last_decision(page: Any) -> TaskState | None:
    return (
        TaskState.objects.for_instance(page)
        .filter(finished_at__isnull=False)
        .select_related("finished_by")
        .order_by("-finished_at")
        .first()
    )


def _was_opened_with(request: HttpRequest, latest: Any) -> bool:
    """Whether the form shows the latest text; a form that does not tell shows another.

    Autosave gives a form a revision of its own, which nobody else may overwrite. The
    revision a form was opened with may be overwritten, which moves its time.
    """
    own = request.POST.get("overwrite_revision_id")
    if own:
        return own == str(latest.pk)
    opened_at = request.POST.get("loaded_revision_created_at")
    return (
        _opened_revision_id(request) == latest.pk
        and opened_at == latest.created_at.isoformat()
    )


def _opened_revision_id(request: HttpRequest) -> int | None:
    return key_in(request.POST.get("loaded_revision_id", ""))


def _comment(request: HttpRequest) -> str:
    try:
        details = json.loads(request.POST.get(DETAILS) or "{}")
    except (ValueError, RecursionError):
        return ""
    comment = details.get("comment") if isinstance(details, dict) else None
    return comment.strip() if isinstance(comment, str) else ""


def _set_details(request: HttpRequest, **details: Any) -> None:
    # Wagtail hands these details to the task as they were posted, so they are put
    # there by us, whatever the browser sent.
    posted = request.POST.copy()
    posted[DETAILS] = json.dumps(details)
    request.POST = posted  # type: ignore[assignment]  # Django allows the same class
