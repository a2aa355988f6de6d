"""Deleting in tests, the way the admin does it."""

from typing import Any

from wagtail.models import Page

from core.changes import describe_change
from history.models import Deletion, PageVersion


def fresh(page: Any) -> Any:
    return Page.objects.get(pk=page.pk).specific


def delete(page: Any, *, by: Any = None, reason: str = "") -> Deletion:
    with describe_change(reason=reason):
        fresh(page).delete(user=by)
    return Deletion.objects.latest("pk")


def versions_of(page: Any) -> list[PageVersion]:
    return list(PageVersion.objects.filter(object_uuid=page.uuid).order_by("seq"))


def tree_is_sound() -> bool:
    wrong = [
        page
        for page in Page.objects.filter(depth__gt=2)
        if page.url_path != f"{page.get_parent().url_path}{page.slug}/"
    ]
    return not wrong and not any(Page.find_problems())
