"""Publishing, unpublishing, moving, deleting: each is one change, whole or not.

The page editor and the admin's API run Wagtail's actions directly, past the methods
of a page, so `execute` is the one door every route goes through. Wagtail offers no
setting or signal in front of it; that is why it is wrapped here, once, at start-up.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.dispatch import Signal

from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction

from core.changes import one_action
from core.refusals import NotPublishable

# The first ones are those of snippets; the page actions build on them.
ACTIONS = {
    PublishRevisionAction: "publish",
    UnpublishAction: "unpublish",
    PublishPageRevisionAction: "publish",
    UnpublishPageAction: "unpublish",
    MovePageAction: "move",
    DeletePageAction: "delete",
    CopyPageAction: "copy",
}

# Sent with `instance` in the transaction of a deletion, while the page and all that
# stands below it are still there.
deleting_page = Signal()


def make_actions_whole() -> None:
    """Put every action into a transaction that knows who acts and who wrote."""
    for action, kind in ACTIONS.items():
        if not hasattr(action.execute, "__wrapped__"):
            action.execute = _in_one_change(action.execute, kind)


def _in_one_change(execute: Callable[..., Any], kind: str) -> Callable[..., Any]:
    @wraps(execute)
    def whole(action: Any, *args: Any, **kwargs: Any) -> Any:
        revision = getattr(action, "revision", None)
        author = revision.user if revision is not None else None
        try:
            with one_action(kind, by=action.user, author=author):
                if kind == "delete":
                    deleting_page.send(sender=type(action.page), instance=action.page)
                return execute(action, *args, **kwargs)
        except ValidationError as error:
            if revision is None:
                raise
            raise NotPublishable(action.object, error.messages) from error

    return whole
