"""Rules for anything that lasts from one date to another."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from core.findings import Finding, error, warning
from core.partial_dates import PartialDate
from core.sayings import saying


def check_span(
    row: Any, place: dict[str, Any], *, first: str = "began", last: str = "ended"
) -> list[Finding]:
    """A span cannot end before it begins; an end that may be earlier is a warning."""
    began: PartialDate | None = getattr(row, first)
    ended: PartialDate | None = getattr(row, last)
    if began is None or ended is None:
        return []
    if ended.is_certainly_before(began):
        message = saying("It ends (%(display)s) before it begins (%(display2)s).") % {
            "display": ended,
            "display2": began,
        }
        return [error(message, field=last, **place)]
    if ended < began and ended.is_possibly_before(began):
        message = saying(
            "It may end (%(display)s) before it begins (%(display2)s)."
        ) % {"display": ended, "display2": began}
        return [warning(message, field=last, **place)]
    return []


def check_spans(rows: Sequence[Any], relation: str) -> list[Finding]:
    """`check_span` for every row of a relation."""
    return [
        finding
        for number, row in enumerate(rows)
        for finding in check_span(row, {"relation": relation, "row": number})
    ]


def check_overlaps(rows: Sequence[Any], relation: str) -> list[Finding]:
    """Two rows of which one certainly goes on after the next has begun.

    All pairs are compared: a vague row between two others hides no contradiction.
    """
    dated = [(number, row) for number, row in enumerate(rows) if row.began is not None]
    dated.sort(key=lambda pair: pair[1].began.sort_key())
    found = {
        number: (earlier, row)
        for (_, earlier), (number, row) in combinations(dated, 2)
        if earlier.ended is not None and row.began.is_certainly_before(earlier.ended)
    }
    return [
        error(
            saying(
                "It begins (%(began)s) before the period that starts %(earlier)s has "
                "ended (%(ended)s)."
            )
            % {
                "began": row.began,
                "earlier": earlier.began,
                "ended": earlier.ended,
            },
            field="began",
            relation=relation,
            row=number,
        )
        for number, (earlier, row) in found.items()
    ]
