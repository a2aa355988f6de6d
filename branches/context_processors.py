"""What every template may ask about the branch that is looked at."""

from typing import Any

from django.http import HttpRequest

from core.overlay import overlay_for


def branch(request: HttpRequest) -> dict[str, Any]:
    """`branch_seen`: the branch a reader looks at, if any.

    `is_seen_on_branch`: whether this very page is shown as the branch has it, and
    `branch_leaves_out`: what of it is not, in a sentence each.
    """
    return {
        "branch_seen": getattr(request, "branch", None),
        "is_seen_on_branch": getattr(request, "is_seen_on_branch", False),
        "branch_leaves_out": getattr(overlay_for(request), "left_out", ()),
    }
