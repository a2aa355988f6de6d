"""The page editor, told that somebody else was faster."""

from typing import Any

from django.http import HttpResponse

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page

from core.models import ContentPage
from history.conflicts.holding import SeesOthers
from history.conflicts.keeping import keep_text
from history.conflicts.rule import beginning_of_draft, is_stale
from history.conflicts.telling import stale_page
from history.models import PageVersion

PUBLISHING = frozenset({"publish", "submit", "restart_workflow"})


class _PageSeesOthers(SeesOthers):
    def hold(self, page_id: int, **kwargs: Any) -> None:
        held = Page.objects.select_for_update(no_key=True).filter(pk=page_id)
        held.values_list("pk").first()

    def get_object(self: Any) -> Any:
        page = super().get_object()  # type: ignore[misc]  # a mixin for views
        if isinstance(page, ContentPage):
            page.begun_from = self.begun_from()
        return page

    def begun_from(self: Any) -> int | None:
        row = self.real_page_record
        return beginning_of_draft(row, row.live_revision_id)

    def form_valid(self: Any, form: Any) -> HttpResponse:
        page, live = self.page, self.real_page_record.live_revision_id
        if (
            self.is_publishing()
            and isinstance(page, ContentPage)
            and page.begun_from is not ...
            and is_stale(page, [page.begun_from], live)
        ):
            begun_from = page.begun_from
            self.page = form.save(commit=False)
            self.subscription.save()
            kept = keep_text(
                self.page, by=self.request.user, previous=self.previous_revision
            )
            return stale_page(self.request, self.page, kept, begun_from)
        return super().form_valid(form)  # type: ignore[misc]  # a mixin for views

    def is_publishing(self: Any) -> bool:
        """Whether what is posted goes live, now or once it is approved."""
        if self.action_name == "perform_workflow_action":
            return bool(self.workflow_action == "approve")
        return self.action_name in PUBLISHING


class PageEditor(_PageSeesOthers, EditView):
    """Wagtail's page editor, which sees others publishing."""


class RevisionEditor(_PageSeesOthers, RevisionsRevertView):
    """The editor with the text of an older revision: what is live now was seen."""

    def begun_from(self: Any) -> int | None:
        return self.real_page_record.live_revision_id

    def get_object(self) -> Any:
        page = super().get_object()
        published = PageVersion.objects.filter(revision_pk=self.previous_revision.pk)
        if isinstance(page, ContentPage) and not published.exists():
            page.has_words_to_come = True
        return page
