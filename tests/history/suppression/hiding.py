"""Versions to hide, and hiding them."""

from typing import Any

from wagtail.models import Page

from core.changes import describe_change
from history.models import PageVersion, Suppression
from history.suppression.actions import ask, confirm
from parks.models import ParkPage

CANARY = "Zugzwang4711"
WHY = "Names a private person"


def publish(page: Any, *, by: Any = None, reason: str = "", **facts: Any) -> None:
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    with describe_change(reason=reason):
        draft.save_revision(user=by, log_action=True).publish(user=by)


def version(page: Any, seq: int) -> PageVersion:
    return PageVersion.objects.select_related("changeset").get(
        object_uuid=page.uuid, seq=seq
    )


def stored(version: PageVersion) -> Any:
    return version.payload


def hide(what: PageVersion, first: Any, second: Any, **parts: Any) -> Suppression:
    parts = parts or {"text": True}
    asked = ask(version=what, by=first, reason=WHY, **parts)
    return confirm(suppression=asked, by=second)


def rename(park: ParkPage, title: str, *, by: Any) -> None:
    draft = ParkPage.objects.get(pk=park.pk).get_latest_revision_as_object()
    names = list(draft.names.all())
    names[0].text = title
    draft.names = names
    draft.save_revision(user=by, log_action=True).publish(user=by)
