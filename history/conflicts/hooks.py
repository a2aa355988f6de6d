"""The editors that see others publishing, for every page type."""

from wagtail.admin.viewsets.pages import PageViewSet

from history.conflicts.views import PageEditor, RevisionEditor

PageViewSet.edit_view_class = PageEditor
PageViewSet.revisions_revert_view_class = RevisionEditor
