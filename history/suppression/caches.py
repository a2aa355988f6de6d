"""Caches that may hold what is hidden, apart from those that key by hiding."""

from collections.abc import Iterable

from django.db import transaction

from core.caching import OUT_OF_REACH
from core.caching.stamps import touch_everything
from history.diff.kept import forget_comparisons_of
from history.models import PageVersion
from history.public.kept_lists import forget_list_of
from history.suppression.refusals import CacheOutOfReach


def forget(versions: Iterable[PageVersion]) -> None:
    """Drop what is kept of these versions, now and once more after the commit.

    Whoever reads before the commit may still put the text back. Raises
    CacheOutOfReach when nothing can be dropped, so that the change is not made.
    """
    versions = list(versions)
    try:
        _forget(versions)
    except OUT_OF_REACH as problem:
        raise CacheOutOfReach from problem
    # What reaches further than our own caches, such as feeds, goes by the stamp.
    touch_everything()
    transaction.on_commit(lambda: _forget(versions))


def _forget(versions: list[PageVersion]) -> None:
    for uuid in {version.object_uuid for version in versions}:
        forget_list_of(uuid)
    for version in versions:
        forget_comparisons_of(version)
