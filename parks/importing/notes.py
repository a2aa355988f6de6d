"""What the importer has to say about a row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    INFO = "info"  # how a cell was read; nothing to do
    SUSPICIOUS = "suspicious"  # imported, but an editor should look
    REJECTED = "rejected"  # the row is left out


@dataclass(frozen=True, slots=True)
class Note:
    """One remark about one column of a row."""

    level: Level
    field: str
    message: str


@dataclass(slots=True)
class NoteTaker:
    """Collects the notes of one row while its cells are read."""

    notes: list[Note] = field(default_factory=list)

    def info(self, field_name: str, message: str) -> None:
        self.notes.append(Note(Level.INFO, field_name, message))

    def suspicious(self, field_name: str, message: str) -> None:
        self.notes.append(Note(Level.SUSPICIOUS, field_name, message))

    def reject(self, field_name: str, message: str) -> None:
        self.notes.append(Note(Level.REJECTED, field_name, message))


def messages_at(level: Level, notes: Iterable[Note]) -> list[str]:
    """The distinct messages of one level, in the order they were made."""
    return list(dict.fromkeys(note.message for note in notes if note.level is level))
