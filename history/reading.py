"""The one door to the text of a version, wherever it is kept.

History, diff, blame, revert, time travel and export read here and nowhere else, so
archived versions read like any other and suppressed ones nowhere. While the storage of
the archive does not answer, whatever needs it raises ArchiveOutOfReach, a refusal.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from reversion.models import Version

from core.sayings import saying as _
from history.archive.cold import texts_in
from history.content import fingerprint, rewritten
from history.models import ArchiveBundle, PageVersion


class CannotRead(Exception):
    """A version exists and its text is not to be had. Names the version."""

    status = 503

    def __init__(self, version: PageVersion, why: str) -> None:
        self.version = version
        super().__init__(why)


class ArchivedCopyDamaged(CannotRead):
    """The bundle of an archived version is missing, cut short or altered."""

    def __init__(self, version: PageVersion) -> None:
        super().__init__(
            version,
            _(
                "The archived copy of version %(seq)s is damaged. The other "
                "versions are not affected; an administrator can restore this "
                "one from a backup."
            )
            % {"seq": version.seq},
        )


class TextHidden(CannotRead):
    """The text of the version is suppressed and the reader may not see it."""

    status = 403

    def __init__(self, version: PageVersion) -> None:
        super().__init__(
            version, _("The text of version %(seq)s is hidden.") % {"seq": version.seq}
        )


def may_read_hidden(reader: Any) -> bool:
    """Whether this account reads suppressed texts. None is nobody in particular."""
    return bool(reader is not None and reader.has_perm("history.see_suppressed"))


def content_of_version(version: PageVersion, *, reader: Any) -> dict[str, Any]:
    """The facts a version holds. Raises TextHidden, ArchivedCopyDamaged."""
    return contents_of_versions([version], reader=reader)[version.pk]


def contents_of_versions(
    versions: Iterable[PageVersion], *, reader: Any
) -> dict[int, dict[str, Any]]:
    """The facts of several versions by primary key, in a bounded number of queries.

    Raises TextHidden if any of them is hidden from the reader, ArchivedCopyDamaged if
    any cannot be read.
    """
    versions = list(versions)
    for version in versions:
        if version.text_hidden and not may_read_hidden(reader):
            raise TextHidden(version)
    texts = stored_texts(versions)
    return {pk: json.loads(text) for pk, text in texts.items()}


def stored_texts(versions: Iterable[PageVersion]) -> dict[int, str]:
    """The canonical texts as they were recorded, for integrity checks and archive.

    Hidden ones too: whoever calls this shows them to nobody. Raises
    ArchivedCopyDamaged for the first version that cannot be read.
    """
    versions = list(versions)
    texts = readable_texts(versions)
    for version in versions:
        if version.pk not in texts:
            raise ArchivedCopyDamaged(version)
    return texts


def readable_texts(versions: Iterable[PageVersion]) -> dict[int, str]:
    """Like stored_texts; versions whose archived copy is damaged are left out.

    Three queries at most for any number of versions, hot and cold together.
    """
    versions = list(versions)
    texts = _texts_of(versions)
    lost = [version.pk for version in versions if version.pk not in texts]
    if lost:
        # They may have moved to the archive, or back, since they were loaded.
        texts |= _texts_of(PageVersion.objects.filter(pk__in=lost))
    return texts


def hashes_of(versions: Iterable[PageVersion]) -> set[str]:
    """The hashes by which their contents are known: as recorded, and as of today."""
    versions = list(versions)
    texts = readable_texts(versions)
    hashes = {version.sha256 for version in versions}
    for version in versions:
        model: Any = version.content_type.model_class()
        if model is not None and version.pk in texts:
            hashes.add(fingerprint(rewritten(model, texts[version.pk])))
    return hashes


def _texts_of(versions: Iterable[PageVersion]) -> dict[int, str]:
    texts: dict[int, str] = {}
    hot: dict[int, int] = {}
    cold: dict[Any, list[PageVersion]] = defaultdict(list)
    for version in versions:
        if version.payload_id is None:
            cold[version.bundle_id].append(version)
        elif PageVersion.payload.is_cached(version) and version.payload:
            texts[version.pk] = version.payload.serialized_data
        else:
            hot[version.payload_id] = version.pk
    if hot:
        known = Version.objects.filter(pk__in=hot).values_list("pk", "serialized_data")
        texts.update((hot[pk], text) for pk, text in known)
    if cold:
        for bundle in ArchiveBundle.objects.filter(pk__in=cold):
            texts.update(texts_in(bundle, cold[bundle.pk]))
    return texts
