"""The snippet editor, told that somebody else was faster."""

from typing import Any

from django.http import Http404, HttpResponse

from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.models import Revision
from wagtail.snippets.views.snippets import EditView

from core.models import VersionedSnippet
from history.conflicts.holding import SeesOthers
from history.conflicts.keeping import keep_text
from history.conflicts.rule import beginning_of_draft, is_stale
from history.conflicts.telling import stale_page


class SnippetEditor(SeesOthers, EditView):
    """Wagtail's snippet editor, which sees others publishing."""

    # The revision whose text the form shows, where it is not the newest one.
    shown: Revision | None = None

    def hold(self, *args: Any, **kwargs: Any) -> None:
        rows = self.model._base_manager.select_for_update(no_key=True)
        row = rows.filter(pk=self.object_pk).first()
        if row is None:
            raise Http404
        # It was read before it was held.
        self.live_object = row

    def get_object(self, queryset: Any = None) -> Any:
        snippet = super().get_object(queryset)
        if isinstance(snippet, VersionedSnippet):
            row = self.live_object
            snippet.begun_from = beginning_of_draft(row, row.live_revision_id)
        return snippet

    def form_valid(self, form: Any) -> HttpResponse:
        snippet = self.object
        if not (
            self.action == "publish"
            and isinstance(snippet, VersionedSnippet)
            and snippet.begun_from is not ...
            and is_stale(
                snippet, [snippet.begun_from], self.live_object.live_revision_id
            )
        ):
            return super().form_valid(form)
        kept = keep_text(
            form.save(commit=False), by=self.request.user, previous=self.shown
        )
        return stale_page(self.request, snippet, kept, snippet.begun_from)


class SnippetRevisionEditor(RevisionsRevertMixin, SnippetEditor):
    """The same with the text of an older revision: what is live now was seen."""

    view_name = "revisions_revert"

    def get_object(self, queryset: Any = None) -> Any:
        snippet = super().get_object(queryset)
        self.shown = self.revision
        if isinstance(snippet, VersionedSnippet):
            snippet.begun_from = self.live_object.live_revision_id
        return snippet
