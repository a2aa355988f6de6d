"""The editors that see others publishing, for every type of page and snippet."""

from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from history.conflicts.snippet_views import SnippetEditor, SnippetRevisionEditor
from history.conflicts.views import PageEditor, RevisionEditor

PageViewSet.edit_view_class = PageEditor
PageViewSet.revisions_revert_view_class = RevisionEditor
SnippetViewSet.edit_view_class = SnippetEditor
SnippetViewSet.revisions_revert_view_class = SnippetRevisionEditor
