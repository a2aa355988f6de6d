"""Mail leaves after the decision is safe, and never holds it up.

Wagtail sends its mails inside the request and inside the transaction: a slow mail
server would keep rows locked, a broken one would undo the decision. Our receivers take
the places of Wagtail's (each place has a `dispatch_uid`) and only order the mail.
"""

from typing import Any

from django.db import transaction

from wagtail.models import WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from branches.models import Proposal
from core.doorbell import broker
from moderation.mails import APPROVED, REJECTED, SUBMITTED, deliver
from moderation.models import ReviewState
from moderation.tasks import send_mail_about_review


def connect() -> None:
    """Connect ours, whether Wagtail has connected its own before or does so later."""
    task_submitted.connect(
        review_began, sender=ReviewState, dispatch_uid="moderation_review_began"
    )
    for signal, name, receiver in (
        (workflow_submitted, "submitted", told_by_the_review),
        (workflow_approved, "approved", text_approved),
        (workflow_rejected, "rejected", text_rejected),
    ):
        place = f"workflow_state_{name}_email_notification"
        signal.disconnect(sender=WorkflowState, dispatch_uid=place)
        # A place that is taken stays taken: a second connect does nothing.
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=place)


def review_began(instance: Any, user: Any = None, **kwargs: Any) -> None:
    if not _tells_itself(instance.workflow_state):
        _order_mail(SUBMITTED, instance.pk, user)


def text_approved(instance: Any, user: Any = None, **kwargs: Any) -> None:
    if not _tells_itself(instance):
        _order_mail(APPROVED, instance.current_task_state_id, user)


def text_rejected(instance: Any, user: Any = None, **kwargs: Any) -> None:
    if not _tells_itself(instance):
        _order_mail(REJECTED, instance.current_task_state_id, user)


def _tells_itself(workflow_state: WorkflowState) -> bool:
    """Proposals write mails of their own (branches/mails.py)."""
    return workflow_state.base_content_type.model_class() is Proposal


def told_by_the_review(**kwargs: Any) -> None:
    """Send nothing: Wagtail would tell administrators of each submission twice."""


def _order_mail(event: str, review_id: int, by: Any) -> None:
    known: dict[str, Any] = {
        "event": event,
        "review_id": review_id,
        "by_id": by.pk if by is not None else None,
    }

    def order() -> None:
        # Without a broker the mails are written here and wait for it in the database.
        if not broker.send(send_mail_about_review, **known):
            deliver(**known)

    # Robust: a failure is logged and the decision stands.
    transaction.on_commit(order, robust=True)
