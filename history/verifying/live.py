"""What visitors see is what the newest version says (I1), and has one (I5)."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from core.rows import row_models
from history.content import (
    canonical_text,
    content_of,
    facts_in,
    fingerprint,
    page_models,
    snippet_models,
)
from history.diff.comparing import structured
from history.diff.schema import schema_of
from history.models import ObjectHead, Operation
from history.reading import hashes_of
from history.reverting.contents import as_saved, facts_alone
from history.serializer import text_of
from history.verifying.faults import Fault

AT_ONCE = 100


def faults_of_live(only: UUID | None) -> Iterator[Fault | int]:
    """What is wrong with live pages and snippets; after each chunk, how many."""
    models: list[Any] = [*page_models(), *snippet_models()]
    for model in models:
        things = model._base_manager.select_related("live_revision").order_by("pk")
        things = things.prefetch_related(*row_models(model))
        if only is not None:
            things = things.filter(uuid=only)
        last = 0
        while chunk := list(things.filter(pk__gt=last)[:AT_ONCE]):
            heads = ObjectHead.objects.select_related("version").in_bulk(
                [thing.uuid for thing in chunk]
            )
            for thing in chunk:
                yield from _faults_of(thing, heads.get(thing.uuid))
            last = chunk[-1].pk
            yield len(chunk)


def _faults_of(thing: Any, head: ObjectHead | None) -> Iterator[Fault]:
    name, version = str(thing.uuid), head.version if head else None
    if not thing.live:
        if version is not None and version.live:
            yield Fault("I1", name, version.seq, "is live, and visitors do not see it")
        return
    if thing.live_revision is None:
        yield Fault("I5", name, None, f"“{thing}” is live without a live revision")
        return
    if version is None:
        yield Fault("I5", name, None, f"“{thing}” is live and has no version")
        return
    if not version.live or version.operation == Operation.DELETE:
        yield Fault("I1", name, version.seq, f"hides “{thing}”, and it is live")
    said = fingerprint(text_of(thing))
    if said != version.sha256 and said not in hashes_of([version]):
        yield Fault("I1", name, version.seq, f"is not what is live of “{thing}”")
    elif not _tables_agree(thing):
        yield Fault("I1", name, version.seq, f"is not what the tables say of “{thing}”")


def _tables_agree(thing: Any) -> bool:
    """Whether the tables, which visitors read, hold what was published.

    Blocks are compared as blocks: PostgreSQL stores them with their keys in an order
    of its own. A photo that was taken down since is in none of the tables any more.
    """
    model: Any = type(thing)
    stored = facts_in(model, json.loads(canonical_text(thing.serializable_data())))
    shape = schema_of(model)
    published = content_of(thing)
    if structured(shape, stored) == structured(shape, published):
        return True
    left = as_saved(thing, facts_alone(published))
    return structured(shape, facts_alone(stored)) == structured(shape, left)
