"""What differs between two contents, as typed changes. Needs no database.

Rows are matched by uuid and blocks by id, so that one that stands elsewhere is seen
as moved. Texts are compared here as values only; history/diff/prose.py says which
words of them differ.
"""

import json
from collections.abc import Iterator
from typing import Any

from history.diff.changes import (
    MISSING,
    Added,
    Change,
    Changed,
    Moved,
    Path,
    PinMoved,
    Removed,
    identity_of,
    keys_of,
)
from history.diff.sequences import Work, align, longest_rise
from history.diff.shapes import Kind, Shape

# Deeper than any page: beyond it a part is compared as one value.
DEEPEST = 24


def structured(shape: Shape, content: dict[str, Any]) -> dict[str, Any]:
    """The content with its streams as lists: they are stored as JSON text."""
    return {
        name: _blocks(shape, name, value) if isinstance(value, str) else value
        for name, value in content.items()
    }


def diff(shape: Shape, before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The changes that make `before` into `after`; none when they are equal.

    Both as `structured` gives them. Facts come in alphabetical order, the parts of a
    list by where they stand: those removed, then those there now.
    """
    return list(_of_facts(shape, (), before, after))


def _blocks(shape: Shape, name: str, text: str) -> Any:
    # Old versions may hold a stream the model no longer knows.
    is_stream = name in shape.parts and shape.parts[name].kind is Kind.STREAM
    if not is_stream and (name in shape.parts or not text.startswith("[{")):
        return text
    try:
        blocks = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return text
    return blocks if _is_items(blocks) else text


def _is_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _of_facts(
    shape: Shape, path: Path, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[Change]:
    pin = shape.pin
    if pin and any(
        before.get(name, MISSING) != after.get(name, MISSING) for name in pin
    ):
        was, now = (
            (facts.get(pin[0], MISSING), facts.get(pin[1], MISSING))
            for facts in (before, after)
        )
        yield PinMoved(path, pin, was, now)
    for name in sorted(before.keys() | after.keys()):
        if pin and name in pin:
            continue
        yield from _of_value(
            shape.part(name),
            (*path, name),
            before.get(name, MISSING),
            after.get(name, MISSING),
        )


def _of_value(shape: Shape, path: Path, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if len(path) < DEEPEST:
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _of_facts(shape, path, before, after)
            return
        if _is_items(before) and _is_items(after):
            yield from _of_items(shape, path, before, after)
            return
    yield Changed(path, before, after)


def _of_items(
    shape: Shape, path: Path, before: list[Any], after: list[Any]
) -> Iterator[Change]:
    keys, pairs = keys_of(before), _pairs(before, after)
    for position, item in enumerate(before):
        if position not in pairs:
            yield Removed((*path, keys[position]), position, item)
    staying = set(_staying(pairs))
    origin = {now: was for was, now in pairs.items()}
    own = keys_of(after)
    for position, item in enumerate(after):
        was = origin.get(position)
        if was is None:
            key = own[position]
            key = f"#+{position}" if key.startswith("#") or key in keys else key
            yield Added((*path, key), position, item)
            continue
        here = (*path, keys[was])
        if was not in staying:
            yield Moved(here, was, position)
        yield from _of_item(shape, here, before[was], item)


def _of_item(
    shape: Shape, path: Path, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[Change]:
    """Within a row, or within a block while it stays of its type."""
    if shape.kind not in (Kind.STREAM, Kind.LIST):
        yield from _of_facts(shape, path, before, after)
        return
    if before.get("type") != after.get("type"):
        yield Changed(path, before, after)
        return
    inner = Shape(Kind.STRUCT, parts={"value": shape.part(str(after.get("type")))})
    yield from _of_facts(inner, path, before, after)


def _staying(pairs: dict[int, int]) -> Iterator[int]:
    """Of those on both sides, by where they stood: the ones that did not move."""
    known = sorted(pairs)
    for place in longest_rise([pairs[was] for was in known]):
        yield known[place]


def _pairs(before: list[Any], after: list[Any]) -> dict[int, int]:
    """Position before -> position after, for each item on both sides."""
    keys = keys_of(before)
    places = {key: at for at, key in enumerate(keys) if not key.startswith("#")}
    pairs = {}
    for at, key in enumerate(keys_of(after)):
        if key in places:
            pairs[places[key]] = at
    taken = set(pairs.values())
    free = [at for at in range(len(before)) if at not in pairs]
    other_free = [at for at in range(len(after)) if at not in taken]
    if free and other_free:
        pairs.update(_pairs_without_identity(before, after, free, other_free))
    return pairs


def _pairs_without_identity(
    before: list[Any], after: list[Any], free: list[int], other_free: list[int]
) -> Iterator[tuple[int, int]]:
    """Blocks of equal content, then blocks of one type between them, in their order.

    Two that both have identities, different ones, are never one block.
    """
    texts = [_text_of(before[at]) for at in free]
    other_texts = [_text_of(after[at]) for at in other_free]
    for stretch in align(texts, other_texts, Work()):
        here = free[stretch.start : stretch.end]
        there = other_free[stretch.other_start : stretch.other_end]
        if stretch.is_equal:
            found = list(zip(here, there, strict=True))
        else:
            found = _by_type(before, after, here, there)
        for was, now in found:
            if not (identity_of(before[was]) and identity_of(after[now])):
                yield was, now


def _by_type(
    before: list[Any], after: list[Any], here: list[int], there: list[int]
) -> list[tuple[int, int]]:
    waiting: dict[str, list[int]] = {}
    for at in reversed(here):
        if "type" in before[at]:
            waiting.setdefault(str(before[at]["type"]), []).append(at)
    return [
        (waiting[kind].pop(), at)
        for at in there
        if waiting.get(kind := str(after[at].get("type")))
    ]


def _text_of(item: dict[str, Any]) -> str:
    facts = {name: value for name, value in item.items() if name not in ("id", "uuid")}
    return json.dumps(facts, sort_keys=True, default=str)
