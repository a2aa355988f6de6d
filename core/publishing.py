"""Publishing, unpublishing, moving, deleting: each is one change, whole or not.

The page editor and the admin's API run Wagtail's actions directly, past the methods
of a page, so `execute` is the one door every route goes through. Wagtail offers no
setting or signal in front of it; that is why it is wrapped here, once, at start-up.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.dispatch import Signal

from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from core.changes import SAID, Action, one_action
from core.refusals import GoneMeanwhile, NotPublishable

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

# Sent with `action` and `live`, the key of the revision that is live, while nobody
# else can publish the same thing. Whoever raises a Refused keeps it from going on.
publishing = Signal()

# What a page has besides its content: drafts take it from the row of the page.
OF_THE_ROW = (
    *("path", "depth", "numchild", "url_path", "draft_title", "live"),
    *("latest_revision_id", "locale_id", "translation_key"),
)


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
            with one_action(kind, by=action.user, author=author) as act:
                if kind == "delete":
                    _hold_below(action.page)
                    deleting_page.send(sender=type(action.page), instance=action.page)
                elif kind == "publish":
                    _hold(action, act)
                elif kind == "unpublish":
                    _bring_up_to_date(action.object)
                return execute(action, *args, **kwargs)
        except ValidationError as error:
            if revision is None:
                raise
            raise NotPublishable(action.object, error.messages) from error

    return whole


def _hold_below(page: Page) -> None:
    """Lock the rows of what goes, as every other action does before its history.

    In the other order two people, one publishing and one deleting, would wait for
    each other.
    """
    going = Page.objects.select_for_update().filter(path__startswith=page.path)
    list(going.order_by("path").values_list("pk"))


def _hold(action: Any, act: Action) -> None:
    """Let everybody else who publishes this wait, and see what they left behind.

    The action made its object before it held the row: by now the page may stand
    elsewhere, and saving the object as it is would put it back.
    """
    known = action.revision.content_object
    model = Page if isinstance(known, Page) else type(known)
    columns = OF_THE_ROW if model is Page else ("live",)
    content = Revision.objects.filter(pk=OuterRef("live_revision_id")).values("content")
    row = (
        model._base_manager.select_for_update(no_key=True)
        .filter(pk=known.pk)
        .annotate(said=Subquery(content))
        .values("live_revision_id", "said", *columns)
        .first()
    )
    if row is None:
        raise GoneMeanwhile(str(known))
    if any(getattr(known, name) != row[name] for name in columns):
        fresh = type(known)._base_manager.get(pk=known.pk)
        action.object = fresh.with_content_json(action.revision.content)
    live = row["live_revision_id"]
    action.object.live_revision_id = live
    act.notes[SAID] = row["said"] or _content_of(live)
    publishing.send(sender=type(known), action=action, live=live)


def _bring_up_to_date(going: Any) -> None:
    """Let everybody else wait, and have what goes out of sight be as it is by now.

    It is saved whole: as it was when it was read, it would put back what it said then,
    and the place where it stood.
    """
    rows = type(going)._base_manager.select_for_update(no_key=True)
    try:
        going.refresh_from_db(from_queryset=rows)
    except type(going).DoesNotExist as error:
        raise GoneMeanwhile(str(going)) from error
    for kept in ("_cluster_related_objects", "_cached_parent_obj"):
        going.__dict__.pop(kept, None)


def _content_of(revision: int | None) -> Any:
    """Of a revision that went live while this publish waited for the row."""
    found = Revision.objects.filter(pk=revision) if revision is not None else ()
    return next((known.content for known in found), None)
