"""Hiding versions and showing them again. Two persons hide, one may show."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log

from history.models import (
    ChangeSet,
    HiddenVersion,
    ObjectHead,
    PageVersion,
    Suppression,
)
from history.suppression.caches import forget
from history.suppression.carriers import prune_revisions, refuse_if_still_shown
from history.suppression.refusals import (
    NeedsAnotherPerson,
    NotAllowed,
    NothingToHide,
    NotOpen,
)
from history.suppression.traces import hide_traces, show_traces


@transaction.atomic
def ask(
    *,
    version: PageVersion,
    up_to: int | None = None,
    text: bool = False,
    author: bool = False,
    reason_given: bool = False,
    reason: str,
    by: Any,
) -> Suppression:
    """Ask for a version, or all from it up to a number, to be hidden.

    Nothing is hidden before another person confirms. `reason` will be public. Other
    versions of the object with the same text are hidden along with it. Raises
    StillShown when the text is live or would come back by itself.
    """
    _require(by, "history.add_suppression")
    same_object = PageVersion.objects.filter(object_uuid=version.object_uuid)
    wanted = same_object.filter(seq__range=(version.seq, up_to or version.seq))
    if not (text or author or reason_given) or not reason.strip() or not wanted:
        raise NothingToHide
    suppression = Suppression.objects.create(
        hides_text=text,
        hides_author=author,
        hides_reason=reason_given,
        reason=reason.strip(),
        asked_by=by,
    )
    _cover(suppression, wanted)
    if text:
        refuse_if_still_shown(suppression.versions.select_related("content_type"))
    log(instance=suppression, action="history.suppression.ask", user=by)
    return suppression


@transaction.atomic
def confirm(*, suppression: Suppression, by: Any) -> Suppression:
    """Bring into force what another person has asked for."""
    _require(by, "history.change_suppression")
    suppression = _locked(suppression)
    if not suppression.is_open:
        raise NotOpen
    if suppression.asked_by_id == by.pk:
        raise NeedsAnotherPerson
    _lock_objects(suppression)
    # The same text may have been published again since it was asked for.
    _cover(suppression, suppression.versions.all())
    versions = list(suppression.versions.select_related("content_type", "changeset"))
    if suppression.hides_text:
        refuse_if_still_shown(versions)
    suppression.confirmed_by, suppression.confirmed_at = by, timezone.now()
    suppression.save(update_fields=["confirmed_by", "confirmed_at"])
    _set_flags(versions)
    hide_traces(suppression)
    if suppression.hides_text:
        prune_revisions(versions)
    log(instance=suppression, action="history.suppression.confirm", user=by)
    forget(versions)
    return suppression


@transaction.atomic
def lift(*, suppression: Suppression, by: Any) -> Suppression:
    """Show again what was hidden; of what was only asked for, decline it.

    What another suppression hides as well stays hidden. One person is enough.
    """
    _require(by, "history.change_suppression")
    suppression = _locked(suppression)
    if suppression.lifted_at is not None:
        raise NotOpen
    _lock_objects(suppression)
    was_in_force = suppression.is_in_force
    suppression.lifted_by, suppression.lifted_at = by, timezone.now()
    suppression.save(update_fields=["lifted_by", "lifted_at"])
    deed = "lift" if was_in_force else "decline"
    log(instance=suppression, action=f"history.suppression.{deed}", user=by)
    if was_in_force:
        versions = list(suppression.versions.select_related("changeset"))
        _set_flags(versions)
        show_traces(suppression)
        forget(versions)
    return suppression


def _require(by: Any, right: str) -> None:
    if not by.has_perm(right):
        raise NotAllowed


def _locked(suppression: Suppression) -> Suppression:
    return Suppression.objects.select_for_update().get(pk=suppression.pk)


def _lock_objects(suppression: Suppression) -> None:
    """Keep publishes of the object waiting until this is done."""
    uuids = suppression.versions.values("object_uuid")
    list(ObjectHead.objects.select_for_update().filter(object_uuid__in=uuids))


def _cover(suppression: Suppression, wanted: Iterable[PageVersion]) -> None:
    """Add versions to a suppression, with those of their object that say the same."""
    wanted = list(wanted)
    found = {version.pk for version in wanted}
    if suppression.hides_text:
        same = PageVersion.objects.filter(
            object_uuid=wanted[0].object_uuid,
            sha256__in={version.sha256 for version in wanted},
        )
        found |= set(same.values_list("pk", flat=True))
    HiddenVersion.objects.bulk_create(
        [HiddenVersion(suppression=suppression, version_id=pk) for pk in sorted(found)],
        ignore_conflicts=True,
    )


def _set_flags(versions: list[PageVersion]) -> None:
    """Make the flags of versions and changesets say what is in force now."""
    in_force = Suppression.objects.in_force()
    same_text = PageVersion.objects.filter(
        object_uuid=versions[0].object_uuid,
        sha256__in={version.sha256 for version in versions},
    )
    by_text = in_force.filter(hides_text=True)
    hidden_hashes = set(
        PageVersion.objects.filter(
            object_uuid=versions[0].object_uuid, suppressions__in=by_text
        ).values_list("sha256", flat=True)
    )
    same_text.update(text_hidden=False)
    same_text.filter(sha256__in=hidden_hashes).update(text_hidden=True)
    for version in versions:
        version.text_hidden = version.sha256 in hidden_hashes
        covering = in_force.filter(versions__changeset=version.changeset_id)
        hidden = {
            "author_hidden": covering.filter(hides_author=True).exists(),
            "reason_hidden": covering.filter(hides_reason=True).exists(),
        }
        ChangeSet.objects.filter(pk=version.changeset_id).update(**hidden)
        for name, value in hidden.items():
            setattr(version.changeset, name, value)
