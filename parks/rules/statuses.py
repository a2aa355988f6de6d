"""Which status may follow which, and which combinations need a word of reason."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from core.findings import Finding, error, warning
from core.sayings import saying
from parks.choices import RideStatus as S
from parks.rules.periods import check_overlaps, check_spans

# Usual steps in a ride's life. Others happen; then the note has to say why.
USUAL_STEPS: dict[str, frozenset[str]] = {
    S.PROPOSED: frozenset({S.ANNOUNCED, S.CANCELLED}),
    S.ANNOUNCED: frozenset({S.UNDER_CONSTRUCTION, S.CANCELLED}),
    S.UNDER_CONSTRUCTION: frozenset({S.SOFT_OPENING, S.OPERATING, S.CANCELLED}),
    S.SOFT_OPENING: frozenset({S.OPERATING, S.TEMPORARILY_CLOSED}),
    S.OPERATING: frozenset({S.TEMPORARILY_CLOSED, S.SBNO, S.CLOSED}),
    S.TEMPORARILY_CLOSED: frozenset({S.OPERATING, S.SBNO, S.CLOSED}),
    S.SBNO: frozenset({S.OPERATING, S.CLOSED, S.IN_STORAGE, S.DEMOLISHED}),
    S.CLOSED: frozenset({S.OPERATING, S.IN_STORAGE, S.RELOCATING, S.DEMOLISHED}),
    S.IN_STORAGE: frozenset({S.RELOCATING, S.DEMOLISHED}),
    S.RELOCATING: frozenset({S.UNDER_CONSTRUCTION, S.IN_STORAGE}),
}


def check_statuses(rows: Sequence[Any], *, has_source: bool) -> list[Finding]:
    """Spans, overlaps, unusual steps, and proposals without a source."""
    relation = "status_periods"
    findings = check_spans(rows, relation) + check_overlaps(rows, relation)
    for (_, earlier), (number, later) in pairwise(enumerate(rows)):
        usual = USUAL_STEPS.get(earlier.status)
        if usual is None or later.status in usual or later.note:
            continue
        if earlier.status == later.status:
            continue
        message = saying(
            "“%(get_status_display)s” seldom follows "
            "“%(get_status_display2)s”. If it did, say why in the note."
        ) % {
            "get_status_display": _label(later),
            "get_status_display2": _label(earlier),
        }
        findings.append(warning(message, field="status", relation=relation, row=number))
    for number, row in enumerate(rows):
        if row.status == S.PROPOSED and not has_source:
            findings.append(
                error(
                    saying("A proposal needs a source: add one under Sources."),
                    field="status",
                    relation=relation,
                    row=number,
                )
            )
    return findings


def _label(row: Any) -> Any:
    """The status in whichever language it is read; parks have others besides these."""
    return S(row.status).label if row.status in S else row.get_status_display()
