"""Rules for names in their periods."""

from collections.abc import Sequence
from typing import Any

from core.findings import Finding, error
from core.sayings import saying as _
from parks.rules.periods import check_spans

LONGEST_NAME = 200


def check_names(rows: Sequence[Any], *, title: str = "") -> list[Finding]:
    """Spans make sense, and at most one official name is the current one.

    `title` is the page's, which becomes a name: Wagtail allows longer titles.
    """
    current = [n for n, row in enumerate(rows) if row.is_current_official]
    findings = check_spans(rows, "names")
    if len(title) > LONGEST_NAME:
        message = _("A name has at most %(longest_name)s characters.") % {
            "longest_name": LONGEST_NAME
        }
        findings.append(error(message, field="title"))
    findings += [
        error(
            _("Only one official name can be current: give the others an end."),
            field="ended",
            relation="names",
            row=number,
        )
        for number in current[1:]
    ]
    return findings
