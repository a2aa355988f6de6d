"""Points on a map, beside the list that says the same."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import gettext

from parks.map_points import MapPoint

register = template.Library()


@register.inclusion_tag("components/map.html", takes_context=True)
def point_map(
    context: Context,
    name: str,
    *,
    label: str,
    points: Sequence[MapPoint] = (),
    url: str = "",
    noun: str = "",
    after: str = "",
) -> dict[str, Any]:
    """A map of points given here or found at an address; `name` is its own on the page.

    `noun` says what the numbers on it count, `after` is the id of what follows it.
    """
    tiles = settings.MAP_TILES_URL
    return {
        "name": name,
        "label": label,
        "points": points,
        "url": url,
        "noun": noun or gettext("parks"),
        "after": after,
        "tiles": tiles,
        "tiles_host": (urlsplit(tiles).hostname or "").removeprefix("{s}."),
        "tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
        "CSP_NONCE": context.get("CSP_NONCE", ""),
    }
