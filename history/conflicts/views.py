"""The page editor, told that somebody else was faster."""

from typing import Any

from django.http import HttpResponse

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page, Revision

from core.models import ContentPage
from history.conflicts.holding import SeesOthers
from history.conflicts.rule import beginning_of_draft
from history.models import PageVersion, Purpose

PURPOSES = {
    "publish": Purpose.PUBLISH,
    "submit": Purpose.SUBMIT,
    "restart_workflow": Purpose.SUBMIT,
}


class _PageSeesOthers(SeesOthers):
    def hold(self, page_id: int, **kwargs: Any) -> None:
        held = Page.objects.select_for_update(no_key=True).filter(pk=page_id)
        held.values_list("pk").first()

    def get_object(self: Any) -> Any:
        page = super().get_object()  # type: ignore[misc]  # a mixin for views
        if not isinstance(page, ContentPage):
            return page
        opened = self.opened(page)
        opened.begun_from = self.begun_from()
        return opened

    def begun_from(self: Any) -> int | None:
        row = self.real_page_record
        return beginning_of_draft(row, row.live_revision_id)

    def shown_revision(self: Any) -> Revision | None:
        return self.previous_revision

    def form_valid(self: Any, form: Any) -> HttpResponse:
        if not isinstance(self.page, ContentPage):
            return super().form_valid(form)  # type: ignore[misc]  # a mixin for views
        purpose = PURPOSES.get(self.action_name, Purpose.DRAFT)
        if self.is_deciding() and self.workflow_action == "approve":
            purpose = Purpose.SUBMIT
        return self.saved(form, self.page, purpose)

    def is_deciding(self: Any) -> bool:
        """Whether a moderator decides: about what they have read and nothing else."""
        return bool(self.action_name == "perform_workflow_action")


class PageEditor(_PageSeesOthers, EditView):
    """Wagtail's page editor, which sees others saving and publishing."""


class RevisionEditor(_PageSeesOthers, RevisionsRevertView):
    """The editor with the text of an older revision: what is there now was seen."""

    def begun_from(self: Any) -> int | None:
        return self.real_page_record.live_revision_id

    def as_opened(self, shown: Any) -> Any:
        return shown

    def get_object(self) -> Any:
        page = super().get_object()
        published = PageVersion.objects.filter(revision_pk=self.previous_revision.pk)
        if isinstance(page, ContentPage) and not published.exists():
            page.has_words_to_come = True
        return page
