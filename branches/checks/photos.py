"""Which photos a content names."""

from collections.abc import Mapping
from typing import Any


def photos_in(content: Mapping[str, Any]) -> set[int]:
    """Keys of the photos that facts show: at the head of a page and in its gallery."""
    found = {content.get("lead_photo")}
    for row in content.get("gallery") or []:
        found.add(row.get("photo"))
    return {int(key) for key in found if key}
