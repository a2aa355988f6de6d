"""Comparisons that were made once and are kept: versions never change.

Kept without names, which change (history/diff/references.py), and only of versions
whose text everybody may read. Who may see a comparison is asked before it is fetched.
"""

from collections.abc import Callable, Iterator
from itertools import product

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from core.caching import fetched, keep
from core.measures import System
from history.diff.rendering import RENDERER
from history.diff.segments import View
from history.models import PageVersion

FOR_EVER = None
# Versions of one object whose comparisons are forgotten in one step.
CHUNK = 1_000


def kept(
    older: PageVersion,
    newer: PageVersion,
    view: View,
    units: str,
    make: Callable[[], str],
) -> str:
    """The comparison of two versions, made now unless it was made before."""
    if older.text_hidden or newer.text_hidden:
        # Only some may read it, and what only some may read is not kept.
        return make()
    key = _key(
        *(older.pk, newer.pk), view=view, units=units, language=get_language() or ""
    )
    html = fetched(key)
    if not isinstance(html, str):
        html = make()
        keep(key, html, seconds=FOR_EVER)
        _forget_if_hidden_since(older, newer, key)
    return html


def forget_comparisons_of(version: PageVersion) -> None:
    """Drop every kept comparison this version may be part of, in all layouts.

    For whoever hides its text. With the cache out of reach it raises: what should be
    forgotten would still be there when the cache comes back.
    """
    of_object = PageVersion.objects.filter(object_uuid=version.object_uuid)
    others = of_object.exclude(pk=version.pk).order_by().values_list("pk", "seq")
    keys: list[str] = []
    for number, (pk, seq) in enumerate(others.iterator(chunk_size=CHUNK), start=1):
        pair = (pk, version.pk) if seq < version.seq else (version.pk, pk)
        keys += _all_keys(*pair)
        if number % CHUNK == 0:
            cache.delete_many(keys)
            keys = []
    cache.delete_many(keys)


def _key(
    *compared: int, view: str, units: str, language: str, renderer: int = RENDERER
) -> str:
    return ":".join(map(str, ("diff", renderer, *compared, view, units, language)))


def _all_keys(older: int, newer: int) -> Iterator[str]:
    for renderer in range(1, RENDERER + 1):
        for view, units, (language, _) in product(View, System, settings.LANGUAGES):
            yield _key(
                *(older, newer),
                view=view,
                units=units,
                language=language,
                renderer=renderer,
            )


def _forget_if_hidden_since(older: PageVersion, newer: PageVersion, key: str) -> None:
    """A text hidden while it was being compared must not stay behind."""
    both = PageVersion.objects.filter(pk__in=(older.pk, newer.pk))
    if both.filter(text_hidden=True).exists():
        cache.delete(key)
