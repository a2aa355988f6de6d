"""A life that takes another turn, and nothing says when."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop as _

from branches.checks.registry import Remark, check, warn
from branches.checks.subjects import Handed
from history.reverting.contents import Content

PERIODS = "status_periods"


@check("status")
def look_for_undated_steps(handed: Handed) -> Iterator[Remark]:
    """Another status than before without the time from which it holds.

    Unusual steps and overlaps are the rules' own (parks/rules/statuses.py).
    """
    for item in handed.items:
        before = _statuses(item.was)
        if before and any(_is_undated(row, before) for row in _rows(item.says)):
            yield warn(
                _("The status would be another one, and nothing says since when."),
                uuid=item.plan.item.object_uuid,
                fact=PERIODS,
            )


def _is_undated(row: Content, before: dict[Any, Any]) -> bool:
    is_new = before.get(row.get("uuid")) != row.get("status")
    return is_new and not row.get("began")


def _statuses(content: Content) -> dict[Any, Any]:
    return {row.get("uuid"): row.get("status") for row in _rows(content)}


def _rows(content: Content) -> list[Content]:
    return content.get(PERIODS) or []
