"""Where a ride has stood: one place at a time, the last one being its page's park."""

from collections.abc import Sequence
from typing import Any

from core.findings import Finding, error, warning
from core.partial_dates import PartialDate
from core.sayings import saying as _
from parks.rules.periods import check_overlaps, check_spans


def check_stays(
    rows: Sequence[Any], *, parent_id: int | None, is_proposed: bool
) -> list[Finding]:
    """`parent_id` is the park (or touring company) the ride's page stands under."""
    relation = "stays"
    findings = check_spans(rows, relation) + check_overlaps(rows, relation)
    if not rows and not is_proposed:
        findings.append(error(_("Say where the ride stands: add a stay.")))
    for number, row in enumerate(rows):
        place = {"relation": relation, "row": number}
        if bool(row.park_id) == bool(row.operator_id):
            message = _("A stay is at a park or with a touring operator: choose one.")
            findings.append(error(message, field="park", **place))
        elif row.area_id and row.area.park_id != row.park_id:
            message = _("%(name)s is not an area of %(park)s.") % {
                "name": row.area.name,
                "park": row.park,
            }
            findings.append(error(message, field="area", **place))
    findings += _check_last(rows, parent_id)
    return findings


def check_openings(rows: Sequence[Any], *, opened: PartialDate | None) -> list[Finding]:
    """A ride that stood at a park before that opened: true of some, of most a slip.

    Without a date of its own the first stay began when the ride opened.
    """
    findings = []
    for number, row in enumerate(rows):
        began = row.began or (opened if number == 0 else None)
        if began is not None and row.park_id and (said := too_early(began, row.park)):
            place = {"relation": "stays", "row": number}
            findings.append(warning(said, field="began", **place))
    return findings


def too_early(began: PartialDate, park: Any) -> str:
    """What is odd about something that began at a park; nothing if it is not."""
    if park.opened is None or not began.is_certainly_before(park.opened):
        return ""
    return _("The ride was there (%(began)s) before %(park)s opened (%(opened)s).") % {
        "began": began,
        "park": park,
        "opened": park.opened,
    }


def _check_last(rows: Sequence[Any], parent_id: int | None) -> list[Finding]:
    if not rows or parent_id is None:
        return []
    current = [
        (number, row) for number, row in enumerate(rows) if row.ended is None
    ] or [(len(rows) - 1, rows[-1])]
    number, last = current[-1]
    here = last.park_id or last.operator_id
    if here is None or here == parent_id:
        return []
    message = _(
        "The last stay is at %(last)s, but the page stands elsewhere. "
        "Move the page, or correct the stay."
    ) % {"last": last}
    return [error(message, field="park", relation="stays", row=number)]
