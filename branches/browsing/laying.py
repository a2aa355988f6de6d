"""The rows that a branch lays over the tables of pages while one reader looks."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from branches.browsing.arranging import STEP, Arrangement
from branches.browsing.spots import Spot, Stands
from branches.models import ItemOperation
from core.layers import Layer
from core.models import ContentPage
from history.content import EDITORIAL_RELATIONS, PAGE_FACTS

# What a page that is new has from the page above it.
INHERITED = ("locale_id",)


@dataclass(slots=True)
class Laid:
    """What is laid over: keys of pages with other facts, of others in another place."""

    facts: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)


def lay(layer: Layer, arranged: Arrangement, pages: Iterable[ContentPage]) -> Laid:
    """Have the tables say what a branch says.

    `pages` are those everybody may find on it, in memory. What else it names is out of
    sight with all that stands below; what it does not name goes along, or stays.
    """
    made = {page.pk: page for page in pages}
    gone = {
        spot for key, spot in arranged.by_key.items() if key > 0 and key not in made
    }
    stored = _stored(arranged, made.keys(), gone)
    lost = {pk for pk, row in stored.items() if _is_lost(row.path, arranged, gone)}
    made = {pk: page for pk, page in made.items() if pk not in lost}
    laid = Laid(facts=made.keys() | lost, places=made.keys() | stored.keys())
    rows = _rows_of_tree(arranged, made, stored, lost)
    layer.lay(Page, rows, instead_of=laid.places, by="id")
    kinds: set[Any] = {type(page) for page in made.values()}
    kinds |= {stored[pk].cached_content_type.model_class() for pk in lost}
    for model in sorted(kinds, key=lambda kind: kind.__name__):
        _lay_facts(layer, model, [p for p in made.values() if type(p) is model], laid)
    return laid


def _is_lost(path: str, arranged: Arrangement, gone: Collection[Spot]) -> bool:
    """Whether a page, or one above that it does not move away from, is gone."""
    for spot in arranged.upwards(path):
        if spot in gone:
            return True
        if spot.operation == ItemOperation.MOVE:
            return False
    return False


def _stored(
    arranged: Arrangement, made: Iterable[int], gone: Collection[Spot]
) -> dict[int, Any]:
    """The published rows of the pages in question, in one query.

    Those that are shown or gone, what stands below pages that are gone or go
    elsewhere, and the pages above, which say how many stand below them.
    """
    keys = {pk for pk in made if pk > 0}
    above: set[str] = set()
    below = Q(pk__in=[])
    for spot in arranged.by_key.values():
        at, old = arranged.standing(spot), spot.published
        if at is not None:
            above.add(at.path[:-STEP])
        if old is None:
            continue
        if spot in gone:
            keys.add(old.key)
            above.add(old.path[:-STEP])
        elif spot.key in keys and at is not None and at.path != old.path:
            above.add(old.path[:-STEP])
        is_put = at is None or (at.path, at.address) != (old.path, old.address)
        if old.children and (spot in gone or (is_put and spot.key in keys)):
            below |= Q(path__startswith=old.path)
    found = Page.objects.filter(reduce(or_, [Q(pk__in=keys), Q(path__in=above), below]))
    return {page.pk: page for page in found}


def _rows_of_tree(
    arranged: Arrangement,
    made: dict[int, ContentPage],
    stored: dict[int, Any],
    lost: Collection[int],
) -> list[Page]:
    """What the table of pages says of each: its name, and where it stands."""
    came: Counter[str] = Counter(page.path[:-STEP] for page in made.values())
    for pk, row in stored.items():
        if pk in lost or pk in made:
            came[arranged.path_along(row.path[:-STEP])] -= 1
    rows = [_row_of(page, stored) for page in made.values()]
    for pk, row in stored.items():
        if pk in made or pk in lost:
            continue
        at = arranged.along(_stands(row))
        row.path, row.url_path = at.path, at.address
        row.depth = len(at.path) // STEP
        rows.append(row)
    for row in rows:
        row.numchild = max(0, row.numchild + came[row.path])
    return rows


def _row_of(page: ContentPage, stored: dict[int, Any]) -> Page:
    """The row of a page: what it says, and of a published one what only that knows."""
    row = stored.get(page.pk)
    if row is None:
        names = [one.attname for one in Page._meta.concrete_fields]
        row = Page(**{name: getattr(page, name) for name in names})
        near = next(iter(stored.values()), None)
        for name in INHERITED:
            setattr(row, name, getattr(near, name, None))
        row.draft_title, row.live, row.numchild = page.title, True, 0
    for name in PAGE_FACTS:
        setattr(row, name, getattr(page, name))
    for name in ("path", "depth", "url_path"):
        setattr(row, name, getattr(page, name))
    row.first_published_at = row.first_published_at or page.last_published_at
    row.last_published_at = page.last_published_at
    return row


def _stands(row: Any) -> Stands:
    return Stands(row.pk, row.path, row.url_path, row.live)


def _lay_facts(layer: Layer, model: Any, pages: list[Any], laid: Laid) -> None:
    """The table of a kind of page and those of its rows."""
    key = model._meta.pk
    layer.lay(model, pages, instead_of=laid.facts, by=key.column)
    for relation in get_all_child_relations(model):
        if relation.get_accessor_name() in EDITORIAL_RELATIONS:
            continue
        rows = list(_rows_in(pages, relation))
        # What has no key yet gets one that no stored row has.
        for number, row in enumerate(rows, start=1):
            row.pk = -number
        layer.lay(
            relation.related_model,
            rows,
            instead_of=laid.facts,
            by=relation.field.column,
        )


def _rows_in(pages: Iterable[Any], relation: Any) -> Iterator[Any]:
    for page in pages:
        rows = getattr(page, relation.get_accessor_name()).all()
        for place, row in enumerate(rows):
            setattr(row, relation.field.attname, page.pk)
            if hasattr(row, "sort_order"):
                row.sort_order = place
            yield row
