"""Who may read the history of what."""

from typing import Any

from django.db.models import Q, QuerySet

from wagtail.models import Page, PageViewRestriction

from history.models import PageVersion


def may_read_history(user: Any, page: Page) -> bool:
    """Whether a person may read the published past of this page.

    The past of a page is as public as the page: live and without restriction. Those
    who may edit it read it in any case.
    """
    if page.live and not page.get_view_restrictions():
        return True
    return may_edit(user, page)


def may_edit(user: Any, page: Page) -> bool:
    """Whether a person may see the draft of this page."""
    return bool(user.is_authenticated and page.permissions_for_user(user).can_edit())


def visible_to(user: Any, versions: QuerySet[PageVersion]) -> QuerySet[PageVersion]:
    """Of these versions those whose object everybody may read now.

    Lists, feeds and counts use it. The versions of snippets belong to no page and are
    public. Administrators see all.
    """
    if user.is_active and user.is_superuser:
        return versions
    restricted = Q()
    for restriction in PageViewRestriction.objects.select_related("page"):
        restricted |= Q(page__path__startswith=restriction.page.path)
    public = Q(page__live=True) | Q(page=None, place_uuid=None, address="")
    if restricted:
        return versions.filter(public).exclude(restricted)
    return versions.filter(public)
