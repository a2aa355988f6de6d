"""Drafts and submissions made without the admin's forms."""

from typing import Any

from wagtail.models import Page

from accounts.models import User


def save_draft(page: Page, *, by: User | None, text: str, **how: Any) -> Any:
    """Save a draft with another description and return its revision."""
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.search_description = text
    return draft.save_revision(user=by, **how)


def submit_edit(page: Page, *, by: User, text: str) -> Any:
    """Save a draft, hand it in for review and return the page."""
    save_draft(page, by=by, text=text)
    page = Page.objects.get(pk=page.pk).specific
    page.get_workflow().start(page, by)
    return page


def live_text(page: Page) -> str:
    return str(Page.objects.get(pk=page.pk).search_description)
