"""A cache in a folder that nobody can write to."""

from pathlib import Path

import pytest

from core.forgiving_cache import FORGIVEN, ForgivingFileCache


@pytest.fixture
def closed(tmp_path: Path) -> ForgivingFileCache:
    """A cache whose folder cannot be made: a file is in its place."""
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file")
    return ForgivingFileCache(str(in_the_way), {})


@pytest.mark.parametrize("prefix", FORGIVEN)
def test_what_is_in_the_database_too_is_lost_silently(
    closed: ForgivingFileCache, prefix: str
) -> None:
    closed.set(prefix, "Beast")

    assert closed.get(prefix, "nothing") == "nothing"
    assert not closed.delete(prefix)


def test_who_counts_is_told(closed: ForgivingFileCache) -> None:
    with pytest.raises(OSError, match="cache"):
        closed.add("tries", 1)


def test_a_folder_serves_as_a_cache(tmp_path: Path) -> None:
    cache = ForgivingFileCache(str(tmp_path / "new" / "cache"), {})

    cache.set("ride", "Beast")

    assert cache.get("ride") == "Beast"
    assert cache.add("park", "Kings Island")
    assert not cache.add("ride", "Bat")
