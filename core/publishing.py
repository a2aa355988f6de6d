"""Publishing, unpublishing, moving, deleting: each is one change, whole or not.

The page editor and the admin's API run Wagtail's actions directly, past the methods
of a page, so `execute` is the one door every route goes through. Wagtail offers no
setting or signal in front of it; that is why it is wrapped here, once, at start-up.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction

from core.changes import change_by
from core.refusals import NotPublishable

ACTIONS = (
    DeletePageAction,
    MovePageAction,
    PublishPageRevisionAction,
    UnpublishPageAction,
)


def make_actions_whole() -> None:
    """Put every page action into a transaction that knows who acts and who wrote."""
    for action in ACTIONS:
        if not hasattr(action.execute, "__wrapped__"):
            action.execute = _in_one_change(action.execute)


def _in_one_change(execute: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute)
    def whole(action: Any, *args: Any, **kwargs: Any) -> Any:
        revision = getattr(action, "revision", None)
        author = revision.user if revision is not None else None
        try:
            with transaction.atomic(), change_by(action.user, author=author):
                return execute(action, *args, **kwargs)
        except ValidationError as error:
            if revision is None:
                raise
            raise NotPublishable(action.object, error.messages) from error

    return whole
