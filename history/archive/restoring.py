"""Bringing archived versions back into the database, exactly as they were."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Exists, OuterRef

from reversion.models import Revision, Version

from history.archive.cold import texts_in
from history.archive.pointers import point_to_payloads
from history.models import ArchiveBundle, ChangeSet, PageVersion
from history.reading import ArchivedCopyDamaged

FORMAT = "wagtail-page"


def restore_chunk(
    *, pks: Sequence[int], committing: Callable[[int], None]
) -> list[ArchivedCopyDamaged]:
    """Put these archived versions back; returns what cannot be read, left as it is.

    Texts are the same to the byte. Reversion's date, user and comment come from the
    changeset, as they did at first. A bundle no version needs any more loses its row;
    its file goes with the next archive run that finds it old enough.
    """
    with transaction.atomic():
        versions = list(
            PageVersion.objects.select_for_update(of=("self",))
            .filter(pk__in=pks, bundle__isnull=False)
            .select_related("changeset")
            .order_by("pk")
        )
        texts = _texts(versions)
        returning = [version for version in versions if version.pk in texts]
        _put_back(returning, texts)
        _drop_empty({each.bundle_id for each in returning if each.bundle_id})
        committing(len(returning))
    return [ArchivedCopyDamaged(v) for v in versions if v.pk not in texts]


def _texts(versions: Sequence[PageVersion]) -> dict[int, str]:
    together: dict[UUID, list[PageVersion]] = defaultdict(list)
    for version in versions:
        if version.bundle_id is not None:
            together[version.bundle_id].append(version)
    texts: dict[int, str] = {}
    for bundle in ArchiveBundle.objects.filter(pk__in=together):
        texts |= texts_in(bundle, together[bundle.pk])
    return texts


def _put_back(versions: Sequence[PageVersion], texts: dict[int, str]) -> None:
    revisions = _revisions_for([version.changeset for version in versions])
    payloads = Version.objects.bulk_create(
        Version(
            revision_id=revisions[version.changeset_id],
            object_id=_key_in(texts[version.pk]),
            content_type_id=version.content_type_id,
            db=DEFAULT_DB_ALIAS,
            format=FORMAT,
            serialized_data=texts[version.pk],
            object_repr=version.title,
        )
        for version in versions
    )
    point_to_payloads(
        {
            version.pk: payload.pk
            for version, payload in zip(versions, payloads, strict=True)
        }
    )


def _revisions_for(changesets: Sequence[ChangeSet]) -> dict[int, int]:
    """Reversion's entry of each changeset: that of its other versions, or a new one."""
    known = dict(
        PageVersion.objects.filter(changeset__in=changesets, payload__isnull=False)
        .order_by()
        .values_list("changeset_id", "payload__revision_id")
    )
    without = {each.pk: each for each in changesets if each.pk not in known}
    made = Revision.objects.bulk_create(
        Revision(
            date_created=changeset.made_at,
            user_id=changeset.publisher_id,
            comment=changeset.reason,
        )
        for changeset in without.values()
    )
    known.update(zip(without, (revision.pk for revision in made), strict=True))
    return known


def _key_in(text: str) -> str:
    """The primary key the object had; its text has kept it."""
    return str(json.loads(text)["pk"])


def _drop_empty(bundles: set[UUID]) -> None:
    used = PageVersion.objects.filter(bundle=OuterRef("pk"))
    ArchiveBundle.objects.filter(~Exists(used), pk__in=bundles).delete()
