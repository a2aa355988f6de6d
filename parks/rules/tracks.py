"""What the figures of a track may be. Hard ranges live on the fields themselves.

The warning limits are those of the most extreme rides built so far, with a margin.
A drop higher than the ride is legal: terrain coasters dive below their station.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.findings import Finding, error, warning
from core.sayings import saying
from parks.choices import COASTERS

# (field, SI limit, how the limit reads)
UNUSUAL_MEASURES = (
    ("length", Decimal(2700), "2,700 m"),
    ("height", Decimal(200), "200 m"),
    ("speed", Decimal(250), _("250 km/h")),
)
UNUSUAL_NUMBERS = (
    ("max_angle", 125, "125°"),
    ("duration_s", 900, _("15 minutes")),
    ("inversions", 14, "14"),
    ("capacity_per_hour", 4000, _("4,000 an hour")),
    ("g_force", Decimal("6.5"), "6.5 g"),
)
STEEP = Decimal("2.5")


def check_tracks(rows: Sequence[Any], category: str) -> list[Finding]:
    """Unusual figures are warnings; a smallest rider above the tallest is an error."""
    findings: list[Finding] = []
    for number, row in enumerate(rows):
        place = {"relation": "tracks", "row": number}
        findings += _unusual(row, place)
        findings += _contradictions(row, category, place)
    return findings


def _unusual(row: Any, place: dict[str, Any]) -> list[Finding]:
    found = []
    for field, limit, words in UNUSUAL_MEASURES:
        measure = getattr(row, field)
        if measure is not None and measure.si > limit:
            found.append(warning(_above(measure, words), field=field, **place))
    for field, most, words in UNUSUAL_NUMBERS:
        value = getattr(row, field)
        if value is not None and value > most:
            found.append(warning(_above(value, words), field=field, **place))
    return found


def _contradictions(row: Any, category: str, place: dict[str, Any]) -> list[Finding]:
    found = []
    if row.height and row.drop and row.drop.si > row.height.si * STEEP:
        found.append(
            warning(
                saying(
                    "A drop of %(drop)s is more than 2.5 times the height of "
                    "%(height)s: is it right?"
                )
                % {"drop": row.drop, "height": row.height},
                field="drop",
                **place,
            )
        )
    smallest, tallest = row.rider_height_min, row.rider_height_max
    if smallest and tallest and smallest.si >= tallest.si:
        found.append(
            error(
                saying(
                    "The smallest rider (%(smallest)s) must be below the tallest "
                    "(%(tallest)s)."
                )
                % {"smallest": smallest, "tallest": tallest},
                field="rider_height_min",
                **place,
            )
        )
    if row.inversions and category not in COASTERS:
        found.append(
            warning(
                saying("Inversions are counted on roller coasters only: is it right?"),
                field="inversions",
                **place,
            )
        )
    return found


def _above(value: Any, words: Any) -> str:
    return saying("%(value)s is above %(words)s: is it right?") % {
        "value": value,
        "words": words,
    }
