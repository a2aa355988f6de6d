"""What every template may ask about its reader."""

from django.conf import settings
from django.http import HttpRequest

from core.measures import System
from core.reader import units_of


def reader(request: HttpRequest) -> dict[str, object]:
    """`units`: "metric" or "imperial"; `other_units`: what the toggle offers.

    `languages`: code and own name of each language of the interface.
    """
    units = units_of(request) if hasattr(request, "session") else System.METRIC
    other = System.IMPERIAL if units is System.METRIC else System.METRIC
    return {"units": units, "other_units": other, "languages": settings.LANGUAGES}
