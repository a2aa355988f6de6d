"""Reading versions back from their bundles, a range of the file at a time."""

from collections.abc import Iterable
from functools import lru_cache

from history.archive.bundles import (
    BundleDamaged,
    Entry,
    Frame,
    Index,
    read_entries,
    read_index,
)
from history.archive.files import reader_of
from history.models import ArchiveBundle, PageVersion

# An index takes about 100 KB in memory. Unpacked frames are not kept: they take up to
# 4 MB each and are read again in less than a millisecond.
INDEXES_KEPT = 32


def texts_in(bundle: ArchiveBundle, versions: Iterable[PageVersion]) -> dict[int, str]:
    """Texts by the key of their version; what is damaged is left out.

    A text is taken only if record, number and hash are those of the version, so a
    bundle in the place of another gives nothing rather than something wrong.
    """
    texts: dict[int, str] = {}
    by_number = {version.bundle_entry or 0: version for version in versions}
    for number, entry in entries_in(bundle, by_number).items():
        version = by_number[number]
        found = (entry.object_uuid, entry.seq, entry.sha256)
        if found == (str(version.object_uuid), version.seq, version.sha256):
            texts[version.pk] = entry.text
    return texts


def entries_in(bundle: ArchiveBundle, numbers: Iterable[int]) -> dict[int, Entry]:
    """Entries of a bundle by number, each frame read once; damaged ones left out."""
    found: dict[int, Entry] = {}
    read = reader_of(bundle.name)
    try:
        index = _index_of(bundle.name, bundle.size)
    except BundleDamaged:
        return found
    wanted: dict[int, tuple[Frame, list[int]]] = {}
    for number in numbers:
        if (frame := index.frame_of(number)) is not None:
            wanted.setdefault(frame.first, (frame, []))[1].append(number)
    for frame, together in wanted.values():
        try:
            found.update(read_entries(read, frame, together))
        except BundleDamaged:
            # What is known of the file may come from another one in its place.
            _index_of.cache_clear()
    return found


@lru_cache(maxsize=INDEXES_KEPT)
def _index_of(name: str, size: int) -> Index:
    return read_index(reader_of(name), size)
