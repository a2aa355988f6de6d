"""What an import did with each row, for people and for programs."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

SHOWN_ROWS = 40


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row's outcome. A suspicious row was imported and deserves a look."""

    number: int
    outcome: Outcome
    name: str
    park: str
    reasons: tuple[str, ...] = ()
    is_suspicious: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of one import, or of its dry run, which is the same but for that."""

    file_name: str
    sha256: str
    is_dry_run: bool
    rows: tuple[RowReport, ...]

    def counts(self) -> dict[str, int]:
        """Rows by outcome, "suspicious" counting rows of any outcome."""
        found = Counter(row.outcome for row in self.rows)
        counts = {outcome.value: found[outcome] for outcome in Outcome}
        counts["suspicious"] = sum(row.is_suspicious for row in self.rows)
        return counts

    def to_json(self) -> str:
        """One JSON object: file, counts and every row with its reasons."""
        return json.dumps(
            {
                "file": self.file_name,
                "sha256": self.sha256,
                "dry_run": self.is_dry_run,
                "counts": self.counts(),
                "rows": [asdict(row) for row in self.rows],
            },
            ensure_ascii=False,
            indent=2,
        )

    def to_text(self) -> str:
        """The counts, then the rejected rows, then the first doubtful ones."""
        rejected = [row for row in self.rows if row.outcome is Outcome.REJECTED]
        doubtful = [
            row for row in self.rows if row.is_suspicious and row not in rejected
        ]
        lines = [self._summary(), *_section("Rejected", rejected, len(rejected))]
        lines += _section("Worth a look", doubtful, SHOWN_ROWS)
        return "\n".join(lines)

    def _summary(self) -> str:
        counts = self.counts()
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        done = "would be imported from" if self.is_dry_run else "were imported from"
        imported = len(self.rows) - counts[Outcome.REJECTED]
        return f"{imported} of {len(self.rows)} rows {done} {self.file_name}: {told}."


def _section(title: str, rows: Iterable[RowReport], most: int) -> list[str]:
    known = list(rows)
    if not known:
        return []
    lines = [f"{title}:", *map(_line, known[:most])]
    if len(known) > most:
        lines.append(f"  … and {len(known) - most} more (--json lists them all)")
    return lines


def _line(row: RowReport) -> str:
    place = f" at {row.park}" if row.park else ""
    return (
        f"  row {row.number}, {row.name or '(no name)'}{place}: {' '.join(row.reasons)}"
    )
