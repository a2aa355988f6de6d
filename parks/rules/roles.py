"""A company can only be credited with what it does."""

from collections.abc import Sequence
from typing import Any

from core.findings import Finding, error
from core.sayings import saying as _
from core.wording import in_a_sentence
from parks.choices import CreditRole, TermRole
from parks.rules.periods import check_spans

# Role of a row -> flags of the company of which one must be set.
NEEDED: dict[str, tuple[str, ...]] = {
    CreditRole.MANUFACTURER: ("is_manufacturer",),
    CreditRole.DESIGNER: ("is_designer",),
    CreditRole.BUILDER: ("is_builder", "is_manufacturer"),
    CreditRole.THEMER: ("is_designer", "is_supplier"),
    CreditRole.TRAINS: ("is_manufacturer", "is_supplier"),
    TermRole.OPERATOR: ("is_operator",),
    TermRole.OWNER: ("is_owner", "is_operator"),
}


def check_roles(rows: Sequence[Any], relation: str) -> list[Finding]:
    """Spans make sense, and each company holds the role it is named for."""
    findings = check_spans(rows, relation)
    for number, row in enumerate(rows):
        flags = NEEDED[row.role]
        if row.company_id and not any(getattr(row.company, flag) for flag in flags):
            message = _(
                "%(company)s is not listed as %(get_role_display)s. Choose "
                "another role, or add this one on the company's page."
            ) % {
                "company": row.company,
                "get_role_display": in_a_sentence(row.get_role_display()),
            }
            findings.append(error(message, field="role", relation=relation, row=number))
    return findings
