"""What can be done with the trash: bring back, throw away."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.caching.stamps import touch_everything
from core.changes import describe_change, one_action
from core.models import ContentPage
from core.page_indexes import write_indexes
from history.models import ChangeKind, Deletion, PageVersion, TrashedPage
from history.recording import record, record_restored
from history.trash.hanging import bring_back
from history.trash.losses import lost_mentions
from history.trash.planting import fill, plant
from history.trash.refusals import (
    KeyTaken,
    NoLongerInTrash,
    NotAPlaceForIt,
    NotYoursToPublish,
    NotYoursToRestore,
    SlugTaken,
)

BACK = "Restored from the trash."


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and in words what could not."""

    page: ContentPage
    pages: int
    left_out: list[str] = field(default_factory=list)


def former_parent(deletion: Deletion) -> Page | None:
    """The page it stood under, if that still is there."""
    return Page.objects.filter(pk=deletion.parent_pk).specific().first()


@transaction.atomic
def restore(
    *,
    deletion: Deletion,
    by: Any,
    parent: Page | None = None,
    slug: str = "",
    reason: str = "",
) -> Restored:
    """Put a deleted page back with all that stood below it, as it was.

    Keys, uuids, rows, drafts, owners and whether it was live are as before; history
    goes on where it ended. `parent` and `slug` default to the former ones. Raises a
    RestoreRefused, changing nothing, when there is no place for it or no right to.
    """
    deletion = Deletion.objects.select_for_update().get(pk=deletion.pk)
    trashed = list(deletion.trashed_pages.select_related("content_type"))
    if deletion.restored_at is not None or not trashed:
        raise NoLongerInTrash(deletion)
    parent = parent or former_parent(deletion)
    slug = slug or trashed[0].content["slug"]
    _check(trashed, parent, slug, by)
    left_out = lost_mentions(trashed)
    change = describe_change(by=by, reason=reason or BACK, kind=ChangeKind.RESTORE)
    with change, one_action("restore", by=by):
        with disable_reference_index_auto_update():
            planted = plant(trashed, parent, slug)
        for one in trashed:
            left_out += bring_back(one.hanging)
        # Otherwise each row that is saved would index its page once more.
        with disable_reference_index_auto_update():
            restored = [fill(planted[one.page_pk], one) for one in trashed]
        for page in restored:
            write_indexes(page)
        _continue_history(restored)
        touch_everything()
        for page in restored:
            log(instance=page, action="history.restore", user=by)
    deletion.restored_by, deletion.restored_at = by, timezone.now()
    deletion.save(update_fields=["restored_by", "restored_at"])
    # They stand in the wiki again; nobody needs a second copy.
    deletion.trashed_pages.all().delete()
    return Restored(restored[0], len(restored), left_out)


@transaction.atomic
def discard(*, deletion: Deletion, by: Any) -> None:
    """Throw away what is in the trash before its time. What was public has versions."""
    deletion = Deletion.objects.select_for_update().get(pk=deletion.pk)
    if deletion.restored_at is not None:
        raise NoLongerInTrash(deletion)
    deletion.delete()


def _check(trashed: list[TrashedPage], parent: Page | None, slug: str, by: Any) -> None:
    if not by.has_perm("history.restore_trash"):
        raise NotYoursToRestore
    top: Any = trashed[0].content_type.model_class()
    if parent is None:
        raise NotAPlaceForIt(_("The page it stood under is gone: choose another one."))
    if not top.can_exist_under(parent):
        raise NotAPlaceForIt(
            _("Pages of this kind (%(kind)s) cannot stand under “%(parent)s”.")
            % {"kind": top.get_verbose_name(), "parent": parent.title}
        )
    rights = parent.permissions_for_user(by)
    if not rights.can_add_subpage():
        raise NotYoursToRestore
    if any(one.live for one in trashed) and not rights.can_publish_subpage():
        raise NotYoursToPublish
    if parent.get_children().filter(slug=slug).exists():
        raise SlugTaken(slug)
    keys = [one.page_pk for one in trashed]
    if Page.objects.filter(pk__in=keys).exists():
        raise KeyTaken


def _continue_history(restored: list[ContentPage]) -> None:
    for page in restored:
        PageVersion.objects.filter(object_uuid=page.uuid).update(page_id=page.pk)
        # What is live is recorded as it is now: a slug or a name may be another.
        if page.live:
            record(page)
        else:
            record_restored(page)
