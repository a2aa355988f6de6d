"""Changes between two contents, one frozen value each, and how to apply them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

# From the outside in: names of facts, and the keys of rows and blocks in lists.
Path: TypeAlias = tuple[str, ...]


class Missing(Enum):
    """Stands where one side has no such fact at all, which is not the same as null."""

    MISSING = "missing"


MISSING = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Changed:
    """A value became another one."""

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PinMoved:
    """Two facts that are one place on the map. `path` is what holds them."""

    path: Path
    names: tuple[str, str]
    before: tuple[Any, Any]
    after: tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Added:
    """A row or block is new, at this position among those of the new content."""

    path: Path
    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class Removed:
    """A row or block is gone from this position of the old content."""

    path: Path
    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class Moved:
    """A row or block stands elsewhere among its neighbours. It may be changed too."""

    path: Path
    was: int
    position: int


Change: TypeAlias = Changed | PinMoved | Added | Removed | Moved


def keys_of(items: Sequence[dict[str, Any]]) -> list[str]:
    """A key for each row or block of a list: its own identity where it has one.

    Blocks from before blocks had identities, and those that share one, are told
    apart by where they stand: "#0", "#1".
    """
    own = [identity_of(item) for item in items]
    times = Counter(own)
    return [
        identity if identity and times[identity] == 1 else f"#{position}"
        for position, identity in enumerate(own)
    ]


def identity_of(item: dict[str, Any]) -> str:
    """uuid of a row, id of a block, what a tag row names; empty for neither."""
    identity = item.get("uuid") or item.get("id")
    if identity is None and item.keys() == {"tag"}:
        identity = item["tag"]
    text = str(identity or "")
    # "#" begins the keys of those without an identity.
    return "" if text.startswith("#") else text


def apply(changes: Iterable[Change], content: Any) -> Any:
    """The content with these changes made, as `diff` found them. Changes nothing else.

    Holds for every two contents: apply(diff(shape, a, b), a) == b.
    """
    return _applied([(change.path, change) for change in changes], content)


def _applied(changes: list[tuple[Path, Change]], value: Any) -> Any:
    inner: defaultdict[str, list[tuple[Path, Change]]] = defaultdict(list)
    for path, change in changes:
        if path:
            inner[path[0]].append((path[1:], change))
        elif isinstance(change, Changed):
            return change.after
        elif isinstance(change, PinMoved):
            for name, after in zip(change.names, change.after, strict=True):
                inner[name].append(((), Changed((name,), MISSING, after)))
    if isinstance(value, dict):
        return _applied_to_facts(inner, value)
    return _applied_to_items(inner, value)


def _applied_to_facts(
    inner: dict[str, list[tuple[Path, Change]]], facts: dict[str, Any]
) -> dict[str, Any]:
    result = dict(facts)
    for name, changes in inner.items():
        after = _applied(changes, facts.get(name))
        if after is MISSING:
            result.pop(name, None)
        else:
            result[name] = after
    return result


def _applied_to_items(
    inner: dict[str, list[tuple[Path, Change]]], items: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    result = []
    placed: list[tuple[int, Any]] = []
    for key, item in zip(keys_of(items), items, strict=True):
        own = [change for path, change in inner.get(key, ()) if not path]
        if any(isinstance(change, Removed) for change in own):
            continue
        to_item = [
            (path, change)
            for path, change in inner.get(key, ())
            if not isinstance(change, Moved) or path
        ]
        after = _applied(to_item, item) if to_item else item
        moves = [change.position for change in own if isinstance(change, Moved)]
        if moves:
            placed.append((moves[0], after))
        else:
            result.append(after)
    for changes in inner.values():
        placed += [
            (change.position, change.value)
            for path, change in changes
            if not path and isinstance(change, Added)
        ]
    for position, item in sorted(placed, key=lambda place: place[0]):
        result.insert(position, item)
    return result
