"""Builds the tree a reader sees (history/diff/nodes.py) from contents and changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from history.diff.changes import (
    MISSING,
    Change,
    Changed,
    Moved,
    PinMoved,
    Removed,
)
from history.diff.comparing import diff
from history.diff.markup import pieces_of
from history.diff.nodes import (
    UNSHOWN,
    Fold,
    Node,
    Relative,
    as_they_stand,
    by_first_step,
    in_order,
)
from history.diff.prose import compare, only, plain
from history.diff.segments import View, stretches_of, whole
from history.diff.sequences import Work
from history.diff.shapes import Kind, Shape
from history.diff.wording import (
    chosen,
    is_blank,
    is_place,
    place,
    shift,
    visible,
    worded,
)

# Of one list; the others are counted.
MOST_ITEMS = 300
# Shorter texts of one line stand beside each other whole, longer ones word by word.
LONGEST_LINE = 24
BLOCKS = frozenset({Kind.STREAM, Kind.LIST})


@dataclass(slots=True)
class Builder:
    """Builds the tree for readers of some units, in some layout.

    `is_plain` shows the newer side as it is, without a word about what differs.
    """

    units: str
    view: View
    is_plain: bool = False
    work: Work = field(default_factory=Work)

    def facts(
        self, shape: Shape, before: Any, after: Any, changes: Iterable[Change]
    ) -> tuple[list[Node], Fold]:
        """Nodes for the facts that changed, in the order of the shape, and the rest."""
        return self._facts(shape, before, after, [(c.path, c) for c in changes])

    def _facts(
        self, shape: Shape, before: Any, after: Any, changes: Relative
    ) -> tuple[list[Node], Fold]:
        inner = by_first_step(changes)
        nodes: list[Node] = []
        kept: list[tuple[str, SafeString]] = []
        for name in in_order(shape, before.keys() | after.keys()):
            if name in inner:
                nodes += self._fact(
                    _named(shape.part(name), name),
                    before.get(name, MISSING),
                    after.get(name, MISSING),
                    inner[name],
                )
            elif shape.pin and name == shape.pin[0]:
                pair = (after.get(name), after.get(shape.pin[1]))
                if is_place(pair):
                    kept.append((gettext("map pin"), place(pair)))
            elif not is_blank(after.get(name)):
                part = _named(shape.part(name), name)
                kept.append((part.label, self._summary(part, after[name])))
        return nodes, Fold("fact", tuple(kept))

    def _fact(
        self, shape: Shape, before: Any, after: Any, changes: Relative
    ) -> Iterator[Node]:
        pin = next((c for path, c in changes if isinstance(c, PinMoved)), None)
        if pin is not None:
            if is_place(pin.before) or is_place(pin.after):
                yield self._pin(pin)
        elif is_blank(before) and is_blank(after):
            # Null and an empty text read the same.
            return
        elif shape.kind in (Kind.TAGS, Kind.LINKS):
            yield self._set(shape, before, after)
        elif _is_list(before) and _is_list(after) and _has_inner(changes):
            yield self._items(shape, before, after, changes)
        elif isinstance(before, dict) and isinstance(after, dict):
            nodes, fold = self._facts(shape, before, after, changes)
            yield Node(shape.label, children=tuple(nodes), folds=_unless_empty(fold))
        else:
            yield from self._value(shape, before, after)

    def _value(self, shape: Shape, before: Any, after: Any) -> Iterator[Node]:
        compound = next((v for v in (before, after) if _is_compound(v)), None)
        if compound is not None and (is_blank(before) or is_blank(after)):
            nothing: Any = type(compound)()
            was, now = (nothing if is_blank(v) else v for v in (before, after))
            yield from self._fact(shape, was, now, _between(shape, was, now))
        elif _is_prose(shape, before, after):
            yield self._prose(shape, before, after)
        else:
            yield Node(
                shape.label,
                before=worded(shape, before, self.units),
                after=worded(shape, after, self.units),
            )

    def _prose(self, shape: Shape, before: Any, after: Any) -> Node:
        read = pieces_of if shape.kind is Kind.RICH else plain
        texts = ["" if is_blank(text) else str(text) for text in (before, after)]
        was, now = (read(text) if text else [] for text in texts)
        if self.is_plain:
            return Node(shape.label, after=whole(only(now)))
        comparison = compare(was, now, self.work)
        note = ""
        if not comparison.is_change:
            note = gettext("Only spacing or markup that is not shown differs.")
        return Node(
            shape.label,
            note=note,
            stretches=tuple(stretches_of(comparison, self.view)),
            is_complete=comparison.is_complete,
        )

    def _pin(self, change: PinMoved) -> Node:
        was, now = (
            place(pair)
            if is_place(pair)
            else worded(Shape(Kind.TEXT), None, self.units)
            for pair in (change.before, change.after)
        )
        far = shift(change.before, change.after)
        return Node(
            gettext("map pin"),
            before=was,
            after=now,
            note=gettext("The pin moved %(far)s.") % {"far": far} if far else "",
        )

    def _set(self, shape: Shape, before: Any, after: Any) -> Node:
        was, now = (_members(value) for value in (before, after))
        return Node(
            shape.label,
            gone=tuple(worded(shape, m, self.units) for m in was if m not in now),
            come=tuple(worded(shape, m, self.units) for m in now if m not in was),
            folds=_unless_empty(
                Fold(
                    "value",
                    tuple(("", worded(shape, m, self.units)) for m in now if m in was),
                )
            ),
        )

    def _items(
        self, shape: Shape, before: list[Any], after: list[Any], changes: Relative
    ) -> Node:
        inner = by_first_step(changes)
        nodes: list[Node] = []
        kept: list[tuple[str, SafeString]] = []
        for key, item, is_new in as_they_stand(before, after, inner):
            own = inner.get(key, [])
            if not own:
                kept.append((self._label(shape, item), self._summary_of(shape, item)))
            elif len(nodes) < MOST_ITEMS:
                nodes += self._item(shape, item, own, is_new)
        left = len(inner) - MOST_ITEMS
        note = (
            gettext("%(left)s more changes are not shown here.") % {"left": left}
            if left > 0
            else ""
        )
        noun = "block" if shape.kind is Kind.STREAM else "row"
        fold = Fold(noun, tuple(kept[:MOST_ITEMS]))
        return Node(
            shape.label, note=note, children=tuple(nodes), folds=_unless_empty(fold)
        )

    def _item(
        self, shape: Shape, item: tuple[Any, Any], changes: Relative, is_new: bool
    ) -> Iterator[Node]:
        before, after = item
        own = [change for path, change in changes if not path]
        replaced = next((c for c in own if isinstance(c, Changed)), None)
        if replaced is not None:
            yield self._whole(shape, replaced.before, "removed")
            yield self._whole(shape, replaced.after, "added")
        elif any(isinstance(change, Removed) for change in own):
            yield self._whole(shape, before, "removed")
        elif is_new:
            yield self._whole(shape, after, "added")
        else:
            moved = any(isinstance(change, Moved) for change in own)
            inside = [(path, change) for path, change in changes if path]
            yield self._altered(shape, before, after, inside, is_moved=moved)

    def _altered(
        self,
        shape: Shape,
        before: Any,
        after: Any,
        changes: Relative,
        *,
        is_moved: bool,
    ) -> Node:
        state = "moved" if is_moved else "changed"
        if is_moved and changes:
            state = "moved and changed"
        inside = self._inside(shape, before, after, changes)
        if shape.kind in BLOCKS and not changes:
            # Nothing in it would say which one it is.
            inside = Node(note=self._summary_of(shape, (before, after)))
        return replace(
            inside,
            label=self._label(shape, (before, after)),
            name=self._name(shape, (before, after)),
            state=state,
        )

    def _whole(self, shape: Shape, item: dict[str, Any], state: str) -> Node:
        """An added or removed row or block with all its facts."""
        is_block = shape.kind in BLOCKS
        empty = {"type": item.get("type")} if is_block else {}
        before, after = (item, empty) if state == "removed" else (empty, item)
        changes = _between(_inner_shape(shape, item), before, after)
        inside = self._inside(shape, before, after, changes)
        return replace(
            inside,
            label=self._label(shape, (item, item)),
            # Those with nothing in them would be invisible.
            name="" if inside.children or is_block else "(empty)",
            state=state,
        )

    def _inside(self, shape: Shape, before: Any, after: Any, changes: Relative) -> Node:
        if shape.kind not in BLOCKS:
            nodes, fold = self._facts(shape, before, after, changes)
            return Node(children=tuple(nodes), folds=_unless_empty(fold))
        part = shape.part(str(after.get("type", before.get("type"))))
        inner = by_first_step(changes).get("value")
        if not inner:
            return Node()
        values = (before.get("value", MISSING), after.get("value", MISSING))
        nodes = list(self._fact(replace(part, label=""), *values, inner))
        return nodes[0] if len(nodes) == 1 else Node(children=tuple(nodes))

    def _label(self, shape: Shape, item: tuple[Any, Any]) -> str:
        """The type of a block; rows of one list are all of one kind."""
        kind = (item[1] or item[0]).get("type")
        if shape.kind not in BLOCKS or kind is None:
            return ""
        return _named(shape.part(str(kind)), str(kind)).label

    def _name(self, shape: Shape, item: tuple[Any, Any]) -> SafeString | str:
        if shape.kind in BLOCKS:
            return ""
        return self._summary_of(shape, item)

    def _summary_of(self, shape: Shape, item: tuple[Any, Any]) -> SafeString:
        shown = item[1] or item[0]
        if shape.kind in BLOCKS:
            part = shape.part(str(shown.get("type")))
            return self._summary(part, shown.get("value"))
        parts = {n: s for n, s in shape.parts.items() if n not in UNSHOWN}
        names = chosen(parts, shown, 3)
        values = ((worded(parts[n], shown[n], self.units),) for n in names)
        return format_html_join(", ", "{}", values)

    def _summary(self, shape: Shape, value: Any) -> SafeString:
        """A value in few words: the beginning of a text, the facts of a struct."""
        if shape.kind is Kind.RICH:
            text = " ".join(piece.text for piece in pieces_of(str(value)[:1000]))
            return worded(Shape(Kind.TEXT), text.strip(), self.units)
        if isinstance(value, dict) and shape.parts:
            return self._summary_of(replace(shape, kind=Kind.ROWS), (None, value))
        if _is_list(value) and shape.kind is not Kind.TAGS and value:
            lines = ((self._summary_of(shape, (None, item)),) for item in value[:20])
            return format_html_join("; ", "{}", lines)
        return worded(shape, value, self.units)


def _named(shape: Shape, name: str) -> Shape:
    return replace(shape, label=visible(shape.label or name))


def _inner_shape(shape: Shape, item: dict[str, Any]) -> Shape:
    if shape.kind in BLOCKS:
        return Shape(Kind.STRUCT, parts={"value": shape.part(str(item.get("type")))})
    return shape


def _between(shape: Shape, before: Any, after: Any) -> Relative:
    """The changes between two values of one fact, relative to it."""
    holder = Shape(Kind.STRUCT, parts={"it": shape})
    changes = diff(holder, {"it": before}, {"it": after})
    return [(change.path[1:], change) for change in changes]


def _is_prose(shape: Shape, before: Any, after: Any) -> bool:
    texts = [text for text in (before, after) if not is_blank(text)]
    if not all(isinstance(text, str) for text in texts):
        return False
    if shape.kind is Kind.RICH:
        return True
    is_long = any(len(text) > LONGEST_LINE or "\n" in text for text in texts)
    return shape.kind is Kind.TEXT and is_long


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_compound(value: Any) -> bool:
    return bool(value) and (isinstance(value, dict) or _is_list(value))


def _has_inner(changes: Relative) -> bool:
    return any(path for path, _ in changes)


def _members(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _unless_empty(fold: Fold) -> tuple[Fold, ...]:
    return (fold,) if fold.lines else ()
