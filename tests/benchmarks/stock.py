"""Wagtail as it comes, the peer of the benchmarks, with nothing of ours around it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.db.models.signals import post_save
from django.utils import timezone

from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from modelsearch.signal_handlers import post_save_signal_handler

from core.models import ContentPage
from core.publishing import ACTIONS
from history.page_log import PageLogView

AT_ONCE = 1_000


@contextmanager
def stock_publishing() -> Iterator[None]:
    """Publish without our transaction, our record and whatever listens to it.

    Wagtail's own indexes are written when it writes them.
    """
    ours = {action: action.execute for action in ACTIONS}
    kinds = [kind for kind in apps.get_models() if issubclass(kind, ContentPage)]
    try:
        for kind in kinds:
            post_save.connect(post_save_signal_handler, sender=kind)
        with (
            patch.object(page_published, "receivers", []),
            patch.object(ContentPage, "while_saving", lambda *saved: nullcontext()),
        ):
            for action, execute in ours.items():
                action.execute = execute.__wrapped__
            yield
    finally:
        for kind in kinds:
            post_save.disconnect(post_save_signal_handler, sender=kind)
        for action, execute in ours.items():
            action.execute = execute


def give_revisions(page: Page, number: int) -> None:
    """Give a page so many revisions, each with its entry in the log, as years would."""
    newest: Any = page.get_latest_revision()
    left = number - page.revisions.count()
    while left > 0:
        part = min(left, AT_ONCE)
        revisions = Revision.objects.bulk_create(_revision(newest) for _ in range(part))
        PageLogEntry.objects.bulk_create(_entry(page, made) for made in revisions)
        left -= part


@contextmanager
def stock_history() -> Iterator[None]:
    """The admin's history without our column and what that asks for.

    The addresses are known by now, so it is the view behind them that changes.
    """
    as_it_comes = {
        name: getattr(PageHistoryView, name)
        for name in vars(PageLogView)
        if name in ("columns", "_annotate_queryset")
    }
    with patch.multiple(PageLogView, **as_it_comes):
        yield


def _revision(newest: Any) -> Revision:
    return Revision(
        content_type_id=newest.content_type_id,
        base_content_type_id=newest.base_content_type_id,
        object_id=newest.object_id,
        object_str=newest.object_str,
        created_at=timezone.now(),
        content=newest.content,
    )


def _entry(page: Page, revision: Revision) -> PageLogEntry:
    return PageLogEntry(
        page=page,
        content_type_id=page.content_type_id,
        label=page.title,
        action="wagtail.edit",
        timestamp=revision.created_at,
        revision=revision,
        content_changed=True,
    )
