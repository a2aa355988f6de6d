"""The one door to the text of a version, wherever it is kept.

History, diff, blame, revert, time travel and export read here and nowhere else, so
archived versions read like any other and suppressed ones nowhere.
"""

import json
from collections.abc import Iterable
from typing import Any

from history.models import PageVersion


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
            f"The archived copy of version {version.seq} is damaged. The other "
            "versions are not affected; an administrator can restore this one from "
            "a backup.",
        )


class TextHidden(CannotRead):
    """The text of the version is suppressed and the reader may not see it."""

    status = 403

    def __init__(self, version: PageVersion) -> None:
        super().__init__(version, f"The text of version {version.seq} is hidden.")


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

    Hidden ones too: whoever calls this shows them to nobody.
    """
    return {version.pk: _stored_text(version) for version in versions}


def _stored_text(version: PageVersion) -> str:
    if version.payload_id is None:
        raise ArchivedCopyDamaged(version)
    return str(version.payload.serialized_data)
