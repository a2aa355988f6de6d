"""The editors that see others publishing, for every type of page and snippet."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.admin.ui.editing_sessions import EditingSessionsList
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from history.conflicts.locks import refuse_if_locked
from history.conflicts.settling import settle
from history.conflicts.snippet_views import SnippetEditor, SnippetRevisionEditor
from history.conflicts.views import PageEditor, RevisionEditor

PageViewSet.edit_view_class = PageEditor
PageViewSet.revisions_revert_view_class = RevisionEditor
SnippetViewSet.edit_view_class = SnippetEditor
SnippetViewSet.revisions_revert_view_class = SnippetRevisionEditor
# Wagtail's warns that going on would overwrite what others have saved.
EditingSessionsList.template_name = "history/conflicts/sessions.html"


@hooks.register("before_delete_snippet")
def refuse_to_delete_locked(request: HttpRequest, snippets: Iterable[Any]) -> None:
    """A lock holds for deleting too, one or several; Wagtail asks nobody."""
    for snippet in snippets:
        refuse_if_locked(snippet, request.user)


@hooks.register("before_unpublish")
def refuse_to_hide_locked(request: HttpRequest, snippet: Any) -> None:
    """And for taking it out of sight."""
    refuse_if_locked(snippet, request.user)


@hooks.register("register_admin_urls")
def register_settling() -> list[URLPattern]:
    return [path("kept-texts/<int:pk>/", settle, name="history_settle")]
