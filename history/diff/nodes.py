"""A comparison as a tree of what a reader sees: facts, rows, blocks and their parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

from history.diff.changes import Added, Change, Moved, Path, PinMoved, Removed, keys_of
from history.diff.segments import Stretch
from history.diff.shapes import Shape

# What became of a part, as the template says it.
STATES = (
    _("added"),
    _("removed"),
    _("moved"),
    _("changed"),
    _("moved and changed"),
)

# Identities and places in lists are no facts.
UNSHOWN = frozenset({"pk", "id", "uuid", "page", "sort_order"})

# Changes with the rest of their path, from some part of a content on.
Relative: TypeAlias = list[tuple[Path, Change]]


@dataclass(frozen=True, slots=True)
class Fold:
    """What did not change, out of the way: a name and a value in words for each."""

    noun: str
    lines: tuple[tuple[str, SafeString], ...]

    @property
    def summary(self) -> str:
        """How much there is of it: "3 unchanged facts"."""
        number = len(self.lines)
        match self.noun:
            case "block":
                words = ngettext(
                    "%(number)s unchanged block", "%(number)s unchanged blocks", number
                )
            case "row":
                words = ngettext(
                    "%(number)s unchanged row", "%(number)s unchanged rows", number
                )
            case "value":
                words = ngettext(
                    "%(number)s unchanged value", "%(number)s unchanged values", number
                )
            case _:
                words = ngettext(
                    "%(number)s unchanged fact", "%(number)s unchanged facts", number
                )
        return words % {"number": number}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that changed: a fact with both its values, or what it consists of."""

    label: str = ""
    name: SafeString | str = ""
    state: str = "changed"
    before: SafeString | None = None
    after: SafeString | None = None
    note: str = ""
    stretches: tuple[Stretch, ...] = ()
    is_complete: bool = True
    gone: tuple[SafeString, ...] = ()
    come: tuple[SafeString, ...] = ()
    children: tuple["Node", ...] = ()
    folds: tuple[Fold, ...] = ()

    @property
    def is_pair(self) -> bool:
        return self.before is not None or self.after is not None


def as_they_stand(
    before: list[Any], after: list[Any], inner: dict[str, Relative]
) -> Iterator[tuple[str, tuple[Any, Any], bool]]:
    """Items of both sides in the new order; a removed one behind what it stood behind.

    Each as its key, itself before and after (None where it is not), and whether new.
    """
    keys = keys_of(before)
    items = dict(zip(keys, before, strict=True))
    added, moved, removed = {}, {}, defaultdict(list)
    neighbour = ""
    for key in keys:
        own = [change for path, change in inner.get(key, ()) if not path]
        if any(isinstance(change, Removed) for change in own):
            removed[neighbour].append(key)
        elif places := [c.position for c in own if isinstance(c, Moved)]:
            moved[places[0]] = key
        else:
            neighbour = key
    for key, changes in inner.items():
        for path, change in changes:
            if not path and isinstance(change, Added):
                added[change.position] = key
    gone = {key for group in removed.values() for key in group}
    staying = iter([k for k in keys if k not in gone and k not in moved.values()])
    for key in removed[""]:
        yield key, (items[key], None), False
    for position, item in enumerate(after):
        if position in added:
            yield added[position], (None, item), True
            continue
        key = moved.get(position) or next(staying)
        yield key, (items[key], item), False
        if position not in moved:
            for other in removed[key]:
                yield other, (items[other], None), False


def by_first_step(changes: Relative) -> dict[str, Relative]:
    inner: defaultdict[str, Relative] = defaultdict(list)
    for path, change in changes:
        if isinstance(change, PinMoved) and not path:
            inner[change.names[0]].append(((), change))
        elif path:
            inner[path[0]].append((path[1:], change))
    return dict(inner)


def in_order(shape: Shape, names: Iterable[str]) -> list[str]:
    """Names as the shape orders them, then those it does not know, by alphabet."""
    present = set(names) - UNSHOWN
    pin = set(shape.pin[1:]) if shape.pin else set()
    known = [name for name in shape.parts if name in present and name not in pin]
    return known + sorted(present - shape.parts.keys())
