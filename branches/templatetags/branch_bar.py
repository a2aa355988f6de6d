"""The bar over every page of the admin that says which branch one is on."""

from typing import Any

from django import template

from branches.desk.chosen import chosen_branch

register = template.Library()


@register.inclusion_tag("branches/desk/_bar.html", takes_context=True)
def branch_bar(context: Any) -> dict[str, Any]:
    """Nothing for whoever is on the main line, and for visitors."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"branch": None}
    return {
        "branch": chosen_branch(request),
        "csrf_token": context.get("csrf_token"),
    }
