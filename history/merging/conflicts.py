"""What a merge hands back: the content, and where two changes stand against each other.

Every type here is frozen and holds plain values only.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from history.diff.changes import MISSING, Path, identity_of
from history.diff.shapes import Shape


class NoSuchConflict(LookupError):
    """A choice was made about something the two changes agree on."""


class UnfitChoice(ValueError):
    """A value of one's own that cannot stand where the conflict is. Names it."""

    def __init__(self, conflict: "Conflict") -> None:
        self.conflict = conflict
        super().__init__(f"Unfit for {conflict.key}.")


class ConflictKind(StrEnum):
    """What two changes disagree about."""

    VALUE = "value"
    PROSE = "prose"
    GROUP = "group"
    EDIT_DELETE = "edit/delete"
    ORDER = "order"


class Side(StrEnum):
    """Whose value it shall be."""

    BASE = "base"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Own:
    """A value of neither side, written for the purpose."""

    value: Any


Pick: TypeAlias = Side | Own


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place where both changes want something else.

    `path` leads there as in a comparison: names of facts, keys of rows and blocks.
    The sides are values, MISSING where there is none; for GROUP the facts by name, for
    ORDER the keys of the list, for PROSE some paragraphs, the `hunk`-th that are in
    dispute in this text, or None for the text as a whole.
    """

    kind: ConflictKind
    path: Path
    base: Any
    ours: Any
    theirs: Any
    facts: tuple[str, ...] = ()
    hunk: int | None = None

    @property
    def key(self) -> str:
        """What a choice is filed under. The same sides always give the same key."""
        return json.dumps([self.kind, self.path, self.facts, self.hunk])

    def takes(self, value: Any) -> bool:
        """Whether a value has the form of those in dispute; it may still be wrong."""
        match self.kind:
            case ConflictKind.GROUP:
                return isinstance(value, dict) and set(self.facts) >= value.keys()
            case ConflictKind.EDIT_DELETE:
                identity = self.path[-1]
                return value is MISSING or (
                    isinstance(value, dict) and identity_of(value) == identity
                )
            case ConflictKind.ORDER:
                return isinstance(value, list | tuple) and (
                    sorted(map(str, value)) == sorted(self.ours)
                )
            case ConflictKind.PROSE:
                return isinstance(value, str)
        return True

    def side(self, side: Side) -> Any:
        """The value of one side."""
        return {Side.BASE: self.base, Side.OURS: self.ours, Side.THEIRS: self.theirs}[
            side
        ]


@dataclass(frozen=True, slots=True)
class Result:
    """A merged content. What is still in dispute stands in it as ours has it."""

    schema: Shape
    base: dict[str, Any]
    ours: dict[str, Any]
    theirs: dict[str, Any]
    content: dict[str, Any]
    conflicts: tuple[Conflict, ...]
    choices: Mapping[str, Pick] = field(default_factory=dict)
