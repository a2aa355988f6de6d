"""Who is told about a review, and in which words (Wagtail's own templates)."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import TaskState

SUBMITTED, APPROVED, REJECTED = "submitted", "approved", "rejected"


class ReviewWaits(GroupApprovalTaskStateSubmissionEmailNotifier):
    """To everybody who may decide: one mail each, none to the author."""

    def get_recipient_users(self, review: TaskState, **kwargs: Any) -> QuerySet:
        involved = {review.workflow_state.requested_by_id, review.revision.user_id}
        return (
            get_user_model()
            .objects.filter(groups__in=review.task.specific.groups.all())
            .exclude(pk__in=involved - {None})
            .distinct()
        )


class TextRejected(WorkflowStateRejectionEmailNotifier):
    """To the author, with the reason of this review even if another has begun."""

    def get_context(self, workflow_state: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(workflow_state, **kwargs)
        review = kwargs["review"]
        return {**context, "task_state": review, "comment": review.get_comment()}


def deliver(*, event: str, review_id: int, by_id: int | None) -> None:
    """Send the mails of one event; nothing if the page is gone by now."""
    review = TaskState.objects.filter(pk=review_id).first()
    if review is None:
        return
    by = get_user_model().objects.filter(pk=by_id).first() if by_id else None
    workflow_state = review.workflow_state
    if event == SUBMITTED:
        ReviewWaits()(review, user=by)
    elif event == APPROVED:
        WorkflowStateApprovalEmailNotifier()(workflow_state, user=by)
    elif event == REJECTED:
        TextRejected()(workflow_state, user=by, review=review)
