"""The snippet editor, told that somebody else was faster."""

from typing import Any

from django.http import Http404, HttpResponse

from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.models import Revision
from wagtail.snippets.views.snippets import EditView

from core.models import VersionedSnippet
from history.conflicts.holding import SeesOthers
from history.conflicts.rule import beginning_of_draft
from history.models import Purpose


class SnippetEditor(SeesOthers, EditView):
    """Wagtail's snippet editor, which sees others saving and publishing."""

    # The revision whose text the form shows, where it is not the newest one.
    shown: Revision | None = None

    def hold(self, *args: Any, **kwargs: Any) -> None:
        rows = self.model._base_manager.select_for_update(no_key=True)
        if not rows.filter(pk=self.object_pk).exists():
            raise Http404
        # It was read before it was held.
        self.object = self.get_object()

    def get_object(self, queryset: Any = None) -> Any:
        return self.with_beginning(super().get_object(queryset))

    def with_beginning(self, snippet: Any) -> Any:
        if not isinstance(snippet, VersionedSnippet):
            return snippet
        opened = self.opened(snippet)
        opened.begun_from = self.begun_from()
        return opened

    def begun_from(self) -> int | None:
        return beginning_of_draft(self.live_object, self.live_object.live_revision_id)

    def shown_revision(self) -> Revision | None:
        return self.shown

    def form_valid(self, form: Any) -> HttpResponse:
        if not isinstance(self.object, VersionedSnippet):
            return super().form_valid(form)
        is_live = self.action == "publish"
        purpose = Purpose.PUBLISH if is_live else Purpose.DRAFT
        return self.saved(form, self.object, purpose)

    def is_deciding(self) -> bool:
        return False


class SnippetRevisionEditor(RevisionsRevertMixin, SnippetEditor):
    """The same with the text of an older revision: what is there now was seen."""

    view_name = "revisions_revert"

    def begun_from(self) -> int | None:
        return self.live_object.live_revision_id

    def as_opened(self, shown: Any) -> Any:
        return shown

    def get_object(self, queryset: Any = None) -> Any:
        snippet = super().get_object(queryset)
        self.shown = self.revision
        # It is another one than the editor's, made from the text of the revision.
        return self.with_beginning(snippet)
