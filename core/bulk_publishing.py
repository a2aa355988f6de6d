"""Publishing other texts of many pages at once, in one action.

What this leaves behind is what a draft and its publish leave of each page, in a number
of queries that does not grow with the pages. The caller holds their rows and has
checked the drafts. Pages that somebody else works on are not for this: those with a
draft that waits, a review, a schedule or comments.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_slug_changed

from core.bulk_rows import write_changes, write_rows
from core.models import ContentPage
from core.page_indexes import write_many_indexes

# Sent with `published`, a list of Published, in the transaction. Whoever listens to
# Wagtail's `page_published` listens to this too: that one is not sent.
pages_published = Signal()


@dataclass(frozen=True, slots=True)
class Publish:
    """A page as it is stored, and as it shall be."""

    live: ContentPage
    draft: ContentPage

    @property
    def is_renamed(self) -> bool:
        return str(self.live) != str(self.draft)


@dataclass(frozen=True, slots=True)
class Published:
    """A page that is live with another text now: what it said and what it says."""

    page: ContentPage
    revision: Revision
    said: Mapping[str, Any]


def publish_many(publishes: Sequence[Publish], *, by: Any, logged_as: str) -> None:
    """Make the drafts live. `logged_as` is what the log says of the new drafts.

    Raises IntegrityError, having done nothing, when the database has a rule against
    one of them.
    """
    said = {
        one.live.pk: one.live.live_revision.content
        for one in publishes
        if one.live.live_revision
    }
    with transaction.atomic():
        drafts = [one.draft for one in publishes]
        for draft in drafts:
            draft.derive()
        revisions = save_drafts(drafts, by)
        _write(publishes)
    published = [
        Published(one.draft, revision, said.get(one.live.pk, {}))
        for one, revision in zip(publishes, revisions, strict=True)
    ]
    write_many_indexes([one.draft for one in publishes])
    _rename([one for one in publishes if one.live.slug != one.draft.slug])
    pages_published.send(sender=None, published=published)
    _log(publishes, by, logged_as)


def save_drafts(drafts: Sequence[ContentPage], by: Any) -> list[Revision]:
    """The revisions of the drafts, which know from then on that they are live."""
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_object=draft,
            base_content_type=draft.get_base_content_type(),
            user=by,
            created_at=now,
            content=draft.serializable_data(),
            object_str=str(draft),
        )
        for draft in drafts
    )
    for draft, revision in zip(drafts, revisions, strict=True):
        draft.live_revision = draft.latest_revision = revision
        draft.last_published_at = draft.latest_revision_created_at = now
        draft.first_published_at = draft.first_published_at or now
        draft.draft_title = draft.title
        draft.has_unpublished_changes = draft.expired = False
    return revisions


def _write(publishes: Sequence[Publish]) -> None:
    by_model: dict[Any, list[Publish]] = defaultdict(list)
    for one in publishes:
        by_model[type(one.draft)].append(one)
    for some in by_model.values():
        write_changes([(one.live, one.draft) for one in some])
        write_rows([one.draft for one in some])


def _rename(publishes: Sequence[Publish]) -> None:
    """Give what stands below its new address, and the old address a redirect."""
    for one in publishes:
        one.draft._update_descendant_url_paths(one.live.url_path, one.draft.url_path)
        tell = partial(
            page_slug_changed.send,
            sender=type(one.draft),
            instance=one.draft,
            instance_before=one.live,
        )
        transaction.on_commit(tell)


def _log(publishes: Sequence[Publish], by: Any, logged_as: str) -> None:
    entries = []
    for one in publishes:
        page, revision = one.draft, one.draft.live_revision
        entries.append(log_entry(page, logged_as, by, revision=revision))
        told = {}
        if one.is_renamed:
            told = {"title": {"old": str(one.live), "new": str(page)}}
            entries.append(
                log_entry(
                    *(page, "wagtail.rename", by),
                    revision=revision,
                    data=told,
                    changed=False,
                )
            )
        entries.append(
            log_entry(page, "wagtail.publish", by, revision=revision, data=told)
        )
    PageLogEntry.objects.bulk_create(entries)


def log_entry(
    page: ContentPage,
    action: str,
    by: Any,
    *,
    revision: Revision | None = None,
    data: dict[str, Any] | None = None,
    changed: bool = True,
) -> PageLogEntry:
    """What Wagtail's log says of one page, to be stored with others."""
    context = get_active_log_context()
    return PageLogEntry(
        page=page,
        content_type=ContentType.objects.get_for_model(page),
        label=page.get_admin_display_title(),
        action=action,
        timestamp=timezone.now(),
        uuid=context.uuid,
        user=by or context.user,
        revision=revision,
        data=data or {},
        content_changed=changed,
    )
