"""What the versions of a park say."""

from typing import Any

from history.models import PageVersion
from history.reading import content_of_version
from parks.models import ParkPage


def live(page: Any) -> Any:
    """A page or snippet as the tables have it now."""
    return type(page)._base_manager.get(pk=page.pk)


def cities_of(park: ParkPage) -> list[str]:
    """The city in each version, oldest first; the numbers of versions have no gap."""
    versions = PageVersion.objects.filter(object_uuid=park.uuid).order_by("seq")
    assert [v.seq for v in versions] == list(range(1, len(versions) + 1))
    return [content_of_version(v, reader=None)["city"] for v in versions]


def live_city(park: ParkPage) -> str:
    """The city visitors see."""
    return ParkPage.objects.get(pk=park.pk).city
