"""Wagtail looks for hooks in this module only; each room keeps its own."""

from wagtail.admin.viewsets.pages import PageViewSet

from history import page_buttons, page_versions
from history.archive import hooks as archive_hooks
from history.conflicts import hooks as conflict_hooks
from history.holds import hooks as hold_hooks
from history.page_log import PageLogView
from history.suppression import hooks as suppression_hooks
from history.trash import hooks as trash_hooks

__all__ = [
    "archive_hooks",
    "conflict_hooks",
    "hold_hooks",
    "page_buttons",
    "page_versions",
    "suppression_hooks",
    "trash_hooks",
]

# The viewset of every page type inherits it.
PageViewSet.history_view_class = PageLogView
