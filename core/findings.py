"""What a check has to say about some facts: certain errors and possible ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

# Rows of a page by relation name, as they would be saved.
Rows = Mapping[str, Sequence[Any]]


class Level(StrEnum):
    ERROR = "error"  # certainly contradictory: refused everywhere
    WARNING = "warning"  # possible: an editor may accept it


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `relation` and `row` (index) place it beside a row's `field`."""

    level: Level
    message: str
    field: str = ""
    relation: str = ""
    row: int | None = None

    @property
    def key(self) -> str:
        """Stays the same while the remark does; accepted warnings are kept by it."""
        return f"{self.relation}.{self.field}: {self.message}"


def error(message: str, **place: Any) -> Finding:
    """A certain contradiction."""
    return Finding(Level.ERROR, message, **place)


def warning(message: str, **place: Any) -> Finding:
    """A possible contradiction or an unusual figure."""
    return Finding(Level.WARNING, message, **place)


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level is Level.ERROR]


def warnings_of(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level is Level.WARNING]


def raise_errors(findings: Iterable[Finding]) -> None:
    """Raise one ValidationError naming each certain contradiction, if any."""
    messages: dict[str, list[str]] = {}
    for finding in errors_of(findings):
        on_page = finding.field and not finding.relation
        place = finding.field if on_page else NON_FIELD_ERRORS
        messages.setdefault(place, []).append(finding.message)
    if messages:
        raise ValidationError(messages)
