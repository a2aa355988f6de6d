"""The page editor, told that somebody else was faster."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page, Revision

from core.models import ContentPage
from core.refusals import Refused
from history.conflicts.keeping import keep_text
from history.conflicts.meanwhile import (
    content_begun_from,
    content_to,
    published_since,
)
from history.conflicts.rule import beginning_of_draft, is_stale
from history.content import facts_in
from history.diff.rendering import render_comparison
from history.models import PageVersion

PUBLISHING = frozenset({"publish", "submit", "restart_workflow"})


class _SeesOthers:
    """A page form remembers what was live when it was opened.

    What is posted is looked at while nobody else can save or publish the page.
    """

    def dispatch(
        self: Any, request: HttpRequest, page_id: int, **kwargs: Any
    ) -> HttpResponse:
        handle = super().dispatch  # type: ignore[misc]  # a mixin for views
        if request.method != "POST":
            return handle(request, page_id, **kwargs)
        with transaction.atomic():
            held = Page.objects.select_for_update(no_key=True).filter(pk=page_id)
            held.values_list("pk").first()
            try:
                return handle(request, page_id, **kwargs)
            except Refused as refused:
                # What was saved before the refusal is the editor's text: it stays.
                refusal = refused
        raise refusal

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


class PageEditor(_SeesOthers, EditView):
    """Wagtail's page editor, which sees others publishing."""


class RevisionEditor(_SeesOthers, RevisionsRevertView):
    """The editor with the text of an older revision: what is live now was seen."""

    def begun_from(self: Any) -> int | None:
        return self.real_page_record.live_revision_id

    def get_object(self) -> Any:
        page = super().get_object()
        published = PageVersion.objects.filter(revision_pk=self.previous_revision.pk)
        if isinstance(page, ContentPage) and not published.exists():
            page.has_words_to_come = True
        return page


def stale_page(
    request: HttpRequest, page: ContentPage, kept: Revision, begun_from: int | None
) -> HttpResponse:
    """Who published what meanwhile, what differs, and where the own text is."""
    model = type(page)
    since = published_since(page.uuid, begun_from)
    began = content_begun_from(page, begun_from, reader=request.user)
    live = content_to(request.user, since[-1]) if since else None
    mine = facts_in(model, kept.content)
    compared: dict[str, Any] = {}
    if live is not None:
        compared["mine"] = render_comparison(model, live, mine, request=request)
        if began is not None:
            compared["theirs"] = render_comparison(model, began, live, request=request)
    return render(
        request,
        "history/conflicts/stale.html",
        {
            "page": page,
            "since": since,
            "history": page.get_url(request),
            **compared,
            "kept_url": reverse(
                "wagtailadmin_pages:revisions_revert", args=(page.pk, kept.pk)
            ),
            "edit_url": reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        },
        status=409,
    )
