"""Writing what has changed of many rows: as few queries as there are kinds of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from wagtail.models import COMMENTS_RELATION_NAME

from core.drafting import columns_of
from core.models import ContentPage
from core.rows import row_models

# A statement that says of more rows what each shall be takes long to be written.
AT_ONCE = 250
# What says where a page stands is written by those who move it.
OF_THE_TREE = frozenset({"path", "depth", "numchild"})

Pair = tuple[Any, Any]


def write_changes(pairs: Sequence[Pair]) -> None:
    """Write the columns in which the second of each pair differs from the first.

    The first is the row as it is stored. All are of one model.
    """
    changed: dict[str, list[Model]] = defaultdict(list)
    for was, now in pairs:
        before = columns_of(was)
        for name, value in columns_of(now).items():
            if before[name] != value and name not in OF_THE_TREE:
                changed[name].append(now)
    by_owner: dict[Any, dict[str, list[Model]]] = defaultdict(dict)
    for name, things in changed.items():
        field = things[0]._meta.get_field(name)
        # A page has columns in two tables.
        by_owner[field.model][name] = things
    for owner, columns in by_owner.items():
        _write_columns(owner, columns)


def _write_columns(owner: Any, columns: dict[str, list[Any]]) -> None:
    differing: dict[str, list[Any]] = {}
    alike: dict[frozenset[Any], dict[str, Any]] = defaultdict(dict)
    for name, things in columns.items():
        field = owner._meta.get_field(name)
        values = [getattr(thing, field.attname) for thing in things]
        if all(value == values[0] for value in values[1:]):
            keys = frozenset(thing.pk for thing in things)
            alike[keys][field.attname] = values[0]
        else:
            differing[name] = things
    for keys, value_of in alike.items():
        owner._base_manager.filter(pk__in=keys).update(**value_of)
    if differing:
        by_key = {one.pk: one for some in differing.values() for one in some}
        owner._base_manager.bulk_update(
            by_key.values(), list(differing), batch_size=AT_ONCE
        )


def write_rows(pages: Iterable[ContentPage]) -> None:
    """Make the rows inside these pages, all of one model, what they are in memory.

    Rows that are there already are known by their lasting identity and keep their
    keys; those that say what they said are left alone.
    """
    by_key = {page.pk: page for page in pages}
    (model,) = {type(page) for page in by_key.values()}
    for relation, row_model in row_models(model).items():
        if relation != COMMENTS_RELATION_NAME:
            _write_relation(by_key, relation, row_model)


def _write_relation(
    pages: dict[int, ContentPage], relation: str, row_model: Any
) -> None:
    owner = next(
        field for field in row_model._meta.concrete_fields if _holds(field, relation)
    )
    stored: dict[int, dict[Any, Any]] = defaultdict(dict)
    for row in row_model._base_manager.filter(**{f"{owner.attname}__in": pages}):
        stored[getattr(row, owner.attname)][_identity(row)] = row
    new, kept = [], []
    for page in pages.values():
        known = stored[page.pk]
        for row in getattr(page, relation).all():
            setattr(row, owner.attname, page.pk)
            was = known.pop(_identity(row), None)
            row.pk = was.pk if was else None
            row._state.adding = was is None
            if was is None:
                new.append(row)
            else:
                kept.append((was, row))
    gone = [row.pk for known in stored.values() for row in known.values()]
    if gone:
        row_model._base_manager.filter(pk__in=gone).delete()
    write_changes(kept)
    row_model._base_manager.bulk_create(new)


def _holds(field: Any, relation: str) -> bool:
    remote = field.remote_field
    return remote is not None and remote.get_accessor_name() == relation


def _identity(row: Any) -> Any:
    # Rows of tags have none but the tag they name.
    return row.uuid if hasattr(row, "uuid") else row.tag_id
