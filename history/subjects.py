"""What a version is of, as it is now, and what a person may do with it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from wagtail.models import Page

from core.models import ContentPage
from history.content import Versioned
from history.models import PageVersion
from history.visibility import may_edit, visible_to


def subjects_of(
    versions: Iterable[PageVersion], *, hold: bool = False
) -> dict[Any, Versioned]:
    """The objects of these versions by uuid; those that are gone are left out.

    With `hold` nobody else can publish, move or delete them until the end of the
    transaction.
    """
    versions = list(versions)
    found: dict[Any, Versioned] = {}
    keys = [version.page_id for version in versions if version.page_id]
    if keys:
        pages = Page.objects.filter(pk__in=keys).order_by("path")
        if hold:
            list(pages.select_for_update(no_key=True).values_list("pk"))
        for page in pages.specific():
            found[page.uuid] = page
    by_model: dict[Any, list[Any]] = {}
    for version in versions:
        model: Any = version.content_type.model_class()
        if version.page_id is None and model and not issubclass(model, Page):
            by_model.setdefault(model, []).append(version.object_uuid)
    for model, uuids in by_model.items():
        snippets = model._base_manager.filter(uuid__in=uuids).order_by("pk")
        if hold:
            snippets = snippets.select_for_update(no_key=True)
        found |= {snippet.uuid: snippet for snippet in snippets}
    return found


def may_change(user: Any, subject: Versioned) -> bool:
    """Whether a person may save a draft of it."""
    if isinstance(subject, ContentPage):
        return may_edit(user, subject)
    return _has_right(user, subject, "change")


def may_publish(user: Any, subject: Versioned) -> bool:
    """Whether a person may make visitors see another text of it, or none.

    A lock is another matter: it is asked for when it is done.
    """
    if isinstance(subject, ContentPage):
        return subject.permissions_for_user(user).has_right_to_publish()
    return _has_right(user, subject, "publish")


def _has_right(user: Any, subject: Versioned, verb: str) -> bool:
    meta = subject._meta
    return bool(user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}"))


def may_read(user: Any, versions: QuerySet[PageVersion]) -> QuerySet[PageVersion]:
    """Of the versions of one change those a person may read.

    Who may edit all that a change is about reads it, published or not.
    """
    visible = visible_to(user, versions)
    if not user.is_authenticated:
        return visible
    known = list(versions.select_related("content_type"))
    subjects = subjects_of(known)
    is_theirs = all(
        version.object_uuid in subjects
        and may_change(user, subjects[version.object_uuid])
        for version in known
    )
    return versions if is_theirs else visible


def may_revert(user: Any, versions: Iterable[PageVersion]) -> bool:
    """Whether a person may change every object that these versions are of.

    No query for visitors. What is gone stands in nobody's way.
    """
    if not user.is_authenticated:
        return False
    return all(may_change(user, subject) for subject in subjects_of(versions).values())
