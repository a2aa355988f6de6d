"""The merge itself: fact by fact, row by row, block by block, paragraph by paragraph.

What only one side changed is as that side has it; what both changed alike is so; what
both changed differently is a conflict. Nothing is guessed: lists whose parts cannot
be told apart, and texts whose tags would get into each other, are one value.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from history.diff.changes import MISSING, Path, keys_of
from history.diff.comparing import DEEPEST, structured
from history.diff.shapes import Kind, Shape
from history.merging.conflicts import (
    Conflict,
    ConflictKind,
    NoSuchConflict,
    Own,
    Pick,
    Result,
    Side,
    UnfitChoice,
)
from history.merging.orders import common_order, with_others
from history.merging.texts import Hunk, is_nested, is_prose, merge_texts

SETS = frozenset({Kind.TAGS, Kind.LINKS})
LISTS = frozenset({Kind.STREAM, Kind.LIST, Kind.ROWS})


class Disputed(Enum):
    """Stands for the value of what both sides changed differently."""

    DISPUTED = "disputed"


DISPUTED = Disputed.DISPUTED


def merge(
    schema: Shape,
    base: dict[str, Any],
    ours: dict[str, Any],
    theirs: dict[str, Any],
    choices: Mapping[str, Pick] | None = None,
) -> Result:
    """Both changes of `base` in one content, with what they disagree about.

    Which side is which makes no difference but for the sides of the conflicts.
    `choices` settle conflicts by their keys. Raises NoSuchConflict for a key that
    belongs to none, UnfitChoice for a value that cannot stand there.
    """
    merger = _Merger(choices or {})
    content = merger.facts(schema, (), base, ours, theirs)
    if unknown := merger.choices.keys() - merger.used:
        raise NoSuchConflict(", ".join(sorted(unknown)))
    conflicts = tuple(merger.conflicts)
    return Result(schema, base, ours, theirs, content, conflicts, dict(merger.choices))


def resolve(result: Result, choices: Mapping[str, Pick]) -> Result:
    """The result with some more of its conflicts settled. Raises as `merge` does."""
    all_choices = {**result.choices, **choices}
    return merge(result.schema, result.base, result.ours, result.theirs, all_choices)


class _Merger:
    """One merge under way: the choices it was given and the conflicts met so far."""

    def __init__(self, choices: Mapping[str, Pick]) -> None:
        self.choices = choices
        self.used: set[str] = set()
        self.conflicts: list[Conflict] = []

    def facts(
        self, shape: Shape, path: Path, base: Any, ours: Any, theirs: Any
    ) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for group in shape.coupled:
            merged.update(self._group(shape, path, group, base, ours, theirs))
        for name in dict.fromkeys([*base, *ours, *theirs]):
            if name not in merged:
                sides = (_of(side, name) for side in (base, ours, theirs))
                merged[name] = self._fact(shape.part(name), (*path, name), *sides)
        return {name: value for name, value in merged.items() if value is not MISSING}

    def _fact(self, shape: Shape, path: Path, base: Any, ours: Any, theirs: Any) -> Any:
        """As `value`; blocks that are stored as text are merged as blocks."""
        agreed = agreed_on(base, ours, theirs)
        if agreed is not DISPUTED or shape.kind is not Kind.STREAM:
            return self.value(shape, path, base, ours, theirs)
        name = path[-1]
        holder = Shape(Kind.STRUCT, parts={name: shape})
        read = [structured(holder, {name: side})[name] for side in (base, ours, theirs)]
        merged = self.value(shape, path, *read)
        if isinstance(merged, list) and any(
            isinstance(side, str) for side in (base, ours, theirs)
        ):
            return json.dumps(merged, cls=DjangoJSONEncoder)
        return merged

    def _group(
        self,
        shape: Shape,
        path: Path,
        group: tuple[str, ...],
        base: Any,
        ours: Any,
        theirs: Any,
    ) -> dict[str, Any]:
        """The facts of a coupled group, if they are in dispute; else nothing.

        Its single values decide. Lists among them go along when those are in dispute
        and are merged by rows otherwise; a group of lists alone is one value.
        """
        deciding = [n for n in group if shape.part(n).kind not in LISTS] or group
        was, mine, his = (
            {name: _of(side, name) for name in deciding}
            for side in (base, ours, theirs)
        )
        if agreed_on(was, mine, his) is not DISPUTED:
            return {}
        was, mine, his = (
            {name: side[name] for name in group if name in side}
            for side in (base, ours, theirs)
        )
        chosen = self._disputed(
            Conflict(ConflictKind.GROUP, path, was, mine, his, facts=group)
        )
        return {name: chosen.get(name, MISSING) for name in group}

    def value(self, shape: Shape, path: Path, base: Any, ours: Any, theirs: Any) -> Any:
        agreed = agreed_on(base, ours, theirs)
        if agreed is not DISPUTED:
            return agreed
        sides = (base, ours, theirs)
        if len(path) < DEEPEST:
            if _are(dict, ours, theirs) and isinstance(_some(base, {}), dict):
                return self.facts(shape, path, _some(base, {}), ours, theirs)
            lists = [_some(side, []) for side in sides]
            if shape.kind in SETS and _are(list, *lists):
                return _members(*lists)
            if _are(list, *lists) and all(map(_have_identities, lists)):
                return self._items(shape, path, *lists)
        if _are(str, *sides) and (
            shape.kind is Kind.RICH or (shape.kind is Kind.TEXT and is_prose(sides))
        ):
            return self._prose(shape, path, base, ours, theirs)
        return self._disputed(Conflict(ConflictKind.VALUE, path, base, ours, theirs))

    def _items(
        self,
        shape: Shape,
        path: Path,
        base: list[Any],
        ours: list[Any],
        theirs: list[Any],
    ) -> list[Any]:
        was, mine, his = (
            dict(zip(keys_of(side), side, strict=True)) for side in (base, ours, theirs)
        )
        merged = {}
        for key in dict.fromkeys([*was, *mine, *his]):
            sides = (_of(side, key) for side in (was, mine, his))
            item = self._item(shape, (*path, key), *sides)
            if item is not MISSING:
                merged[key] = item
        order = common_order([*was], [*mine], [*his], merged)
        if order is None:
            before, here, there = (
                tuple(
                    key for key in side if key in merged and key in mine and key in his
                )
                for side in (was, mine, his)
            )
            chosen = self._disputed(
                Conflict(ConflictKind.ORDER, path, before, here, there)
            )
            # The order of before does not name what both have added since.
            order = [*chosen, *(key for key in here if key not in chosen)]
        return [merged[key] for key in with_others(order, [*mine], [*his], merged)]

    def _item(self, shape: Shape, path: Path, base: Any, ours: Any, theirs: Any) -> Any:
        """A row or block; MISSING where it is removed, or was and nobody minds."""
        agreed = agreed_on(base, ours, theirs)
        if agreed is not DISPUTED:
            return agreed
        if ours is MISSING or theirs is MISSING:
            return self._disputed(
                Conflict(ConflictKind.EDIT_DELETE, path, base, ours, theirs)
            )
        if shape.kind not in (Kind.STREAM, Kind.LIST):
            return self.facts(shape, path, _some(base, {}), ours, theirs)
        kind = ours.get("type")
        kinds = {
            side.get("type") for side in (base, ours, theirs) if side is not MISSING
        }
        if len(kinds) > 1:
            return self._disputed(
                Conflict(ConflictKind.VALUE, path, base, ours, theirs)
            )
        inner = Shape(Kind.STRUCT, parts={"value": shape.part(str(kind))})
        return self.facts(inner, path, _some(base, {}), ours, theirs)

    def _prose(
        self, shape: Shape, path: Path, base: str, ours: str, theirs: str
    ) -> Any:
        is_rich = shape.kind is Kind.RICH
        pieces = merge_texts(base, ours, theirs, is_rich=is_rich)
        if pieces is not None:
            text = "".join(self._settled(path, pieces))
            # Choices for some paragraphs may leave a list that does not end.
            if not is_rich or is_nested(text):
                return text
        return self._disputed(Conflict(ConflictKind.PROSE, path, base, ours, theirs))

    def _settled(self, path: Path, pieces: Iterable[str | Hunk]) -> Iterator[str]:
        number = 0
        for piece in pieces:
            if isinstance(piece, str):
                yield piece
                continue
            yield self._disputed(
                Conflict(
                    ConflictKind.PROSE,
                    path,
                    piece.base,
                    piece.ours,
                    piece.theirs,
                    hunk=number,
                )
            )
            number += 1

    def _disputed(self, conflict: Conflict) -> Any:
        """What was chosen; until somebody did, what ours says."""
        match self.choices.get(conflict.key):
            case None:
                self.conflicts.append(conflict)
                return conflict.ours
            case Own(value):
                if not conflict.takes(value):
                    raise UnfitChoice(conflict)
                self.used.add(conflict.key)
                return value
            case Side() as side:
                self.used.add(conflict.key)
                return conflict.side(side)


def agreed_on(base: Any, ours: Any, theirs: Any) -> Any:
    """The value of whoever changed it, or of both; DISPUTED when they differ."""
    if _same(ours, theirs) or _same(base, theirs):
        return ours
    return theirs if _same(base, ours) else DISPUTED


def _same(one: Any, other: Any) -> bool:
    # The number 1 equals "true" for Python, not for a reader.
    return one is other or (one == other and _text(one) == _text(other))


def _members(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """A set: what neither side took out, and what either put in."""
    was, mine, his = ({_text(m): m for m in side} for side in (base, ours, theirs))
    kept = [was[key] for key in was if key in mine and key in his]
    added = {**mine, **his}
    return [*kept, *(added[key] for key in sorted(added) if key not in was)]


def _have_identities(items: list[Any]) -> bool:
    if not _are(dict, *items):
        return False
    return not any(key.startswith("#") for key in keys_of(items))


def _are(type_: type, *values: Any) -> bool:
    return all(isinstance(value, type_) for value in values)


def _some(value: Any, nothing: Any) -> Any:
    """The value; for none, or none said, an empty one."""
    return nothing if value is MISSING or value is None or value == "" else value


def _of(facts: Mapping[str, Any], name: str) -> Any:
    return facts.get(name, MISSING)


def _text(member: Any) -> str:
    return json.dumps(member, sort_keys=True, default=str)
