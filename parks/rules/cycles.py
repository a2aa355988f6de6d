"""Chains that must come to an end: successors, replacements, parent resorts."""

from typing import Any

from core.findings import Finding, error
from core.sayings import saying

# Longer than any real chain; a broken one in old data must not hang a save.
LONGEST_CHAIN = 50


def check_cycle(page: Any, field: str) -> list[Finding]:
    """Following `field` from a page must not lead back to the page itself."""
    step = getattr(page, field)
    for _ in range(LONGEST_CHAIN):
        if step is None:
            return []
        if page.pk is not None and step.pk == page.pk:
            break
        step = getattr(step, field)
    label = page._meta.get_field(field).verbose_name
    message = saying("“%(label)s” leads back to this page.") % {"label": saying(label)}
    return [error(message, field=field)]
