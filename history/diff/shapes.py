"""What kinds of facts there are, as far as comparing and showing them needs to know.

Plain values: history/diff/schema.py derives them from a model, tests write their own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a fact is compared and shown."""

    TEXT = "text"
    RICH = "rich text"
    CHOICE = "choice"
    PARTIAL_DATE = "partial date"
    DATE = "date"
    MEASURE = "measure"
    BOOLEAN = "boolean"
    NUMBER = "number"
    LINK = "link"
    LINKS = "links"
    STREAM = "stream"
    STRUCT = "struct"
    LIST = "list"
    ROWS = "rows"
    TAGS = "tags"
    FACTS = "names of facts"


class NamedCodes(Mapping[str, str]):
    """Words for more codes than anybody would list."""

    def __init__(self, name_of: Callable[[str], str]) -> None:
        self._name_of = name_of

    def __getitem__(self, code: str) -> str:
        return self._name_of(code)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Shape:
    """The kind of one fact, with the shapes of its parts.

    `parts` are facts of a struct or row, block types of a stream, and "item" of a
    list. `target` names the model a link points at, or the one whose facts are listed,
    `pin` the two facts of a struct that are one place on the map, `coupled` the groups
    of facts that make sense together only, so that a merge does not mix them.
    """

    kind: Kind
    label: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    dimension: str = ""
    target: str = ""
    parts: Mapping[str, "Shape"] = field(default_factory=dict)
    pin: tuple[str, str] | None = None
    coupled: tuple[tuple[str, ...], ...] = ()

    def part(self, name: str) -> "Shape":
        """The shape of a part; plain text for one the model no longer has."""
        return self.parts.get(name) or Shape(Kind.TEXT, name.replace("_", " "))
