"""Operations on contents of parks, rides and models. None asks a database."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from core.batch_operations import Content, Parameters, Unfit, Wish
from core.sayings import saying as _
from parks.batches.fields import with_values
from parks.choices import GONE, Continuity

# Where a company stands in a content: rows and the fact in them, or a fact itself.
_NAMED_IN = (("credits", "company"), ("terms", "company"), ("stays", "operator"))
_NAMED = "manufacturer"
# Stands under what an operation adds, so that it adds the same when asked again.
_ADDED = UUID("6a6f5b0e-8f0d-4f0f-9d8e-3f1f6f1b7c52")


def set_values(kind: str, content: Content, values: Parameters) -> Wish:
    """Set facts, and leave everything else alone."""
    return Wish(with_values(kind, content, dict(values)))


def replace_company(kind: str, content: Content, said: Parameters) -> Wish:
    """Name the successor wherever the company is named; never the same thing twice."""
    old, new = said["company"], said["successor"]
    changed = dict(content)
    for relation, fact in _NAMED_IN:
        rows = content.get(relation) or []
        if any(row.get(fact) == old for row in rows):
            named = [{**row, fact: new} if row[fact] == old else row for row in rows]
            changed[relation] = _each_once(named)
    if content.get(_NAMED) == old:
        changed[_NAMED] = new
    return Wish(changed)


def add_tag(kind: str, content: Content, said: Parameters) -> Wish:
    """Give it a tag it does not have yet."""
    rows = content.get("tagged_items") or []
    if any(row["tag"] == said["tag"] for row in rows):
        return Wish(content)
    return Wish({**content, "tagged_items": [*rows, {"tag": said["tag"]}]})


def remove_tag(kind: str, content: Content, said: Parameters) -> Wish:
    """Take a tag away where it is."""
    rows = content.get("tagged_items") or []
    kept = [row for row in rows if row["tag"] != said["tag"]]
    return Wish({**content, "tagged_items": kept} if kept != rows else content)


def move(kind: str, content: Content, said: Parameters) -> Wish:
    """Move it to another park. With a date one stay ends there and the next begins;
    without, the stay said something wrong and is corrected.
    """
    stays = list(content.get("stays") or [])
    place, park, date = UUID(said["place"]), said["park"], said["moved"]
    if not stays:
        raise Unfit(_("It says nowhere where it stands. Add a stay first."))
    at = _last(stays)
    if stays[at]["park"] == park:
        return Wish(content)
    there = {**stays[at], "park": park, "operator": None, "area": None}
    if date:
        stays[at] = {**stays[at], "ended": date}
        row = {
            **there,
            "uuid": _added(stays[at], f"stay {park}"),
            "began": date,
            "ended": None,
            "continuity": said["continuity"] or Continuity.RELOCATED_SAME_TRACK.value,
        }
        stays.insert(at + 1, row)
    else:
        stays[at] = there
    return Wish({**content, "stays": stays}, place)


def close(kind: str, content: Content, said: Parameters) -> Wish:
    """End the status it has on a date, and say what it is from then on."""
    periods = list(content.get("status_periods") or [])
    status, date = said["status"], said["date"]
    if not periods:
        raise Unfit(_("It says nothing of its status yet. Edit it by itself."))
    at = _last(periods)
    if periods[at]["status"] == status or periods[at]["status"] in GONE:
        return Wish(content)
    row = {
        "uuid": _added(periods[at], f"status {status}"),
        "status": status,
        "began": date,
        "ended": None,
        "note": said["note"],
    }
    periods[at] = {**periods[at], "ended": date}
    periods.insert(at + 1, row)
    return Wish({**content, "status_periods": periods})


def _last(rows: list[Content]) -> int:
    """The row that is in force: the first without an end, else the last of all."""
    return next(
        (place for place, row in enumerate(rows) if not row["ended"]), len(rows) - 1
    )


def _added(row: Mapping[str, Any], what: str) -> str:
    return str(uuid5(_ADDED, f"{row['uuid']} {what}"))


def _each_once(rows: list[Content]) -> list[Content]:
    """The rows less those that say what an earlier one says."""
    said: list[Content] = []
    kept = []
    for row in rows:
        facts = {name: value for name, value in row.items() if name != "uuid"}
        if facts not in said:
            said.append(facts)
            kept.append(row)
    return kept
