"""The parks and areas of the wiki, and those a file adds to them."""

from collections import defaultdict
from decimal import Decimal

from wagtail.models import ReferenceIndex

from parks.choices import ParkType
from parks.countries import NOT_KNOWN
from parks.geography import point_of
from parks.importing.atlas import Place, is_near, park_key
from parks.importing.cells import comparable
from parks.importing.publishing import Publisher
from parks.models import ParkArea, ParkIndexPage, ParkPage


class KnownParks:
    """Finds parks by any of their names, and creates those that are missing."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._by_key: dict[str, list[ParkPage]] = defaultdict(list)
        self._by_uuid: dict[str, ParkPage] = {}
        self._of_place: dict[str, ParkPage] = {}
        for page in ParkPage.objects.prefetch_related("names"):
            self._add(page)
        self._areas = {
            (area.park_id, comparable(area.name)): area
            for area in ParkArea.objects.all()
        }
        self._area_by_uuid = {str(area.uuid): area for area in self._areas.values()}

    def at(self, place: Place) -> ParkPage:
        """The park of a place, created if the wiki has none."""
        if place.key not in self._of_place:
            options = self._by_key[park_key(place.name)]
            found = next((page for page in options if _may_be(page, place)), None)
            self._of_place[place.key] = found or self._create(place)
        return self._of_place[place.key]

    def by_uuid(self, uuid: str) -> ParkPage:
        return self._by_uuid[uuid]

    def area_uuid(self, park: ParkPage, name: str) -> str:
        """The area of that name, created if the park has none; "" for no name."""
        if not name:
            return ""
        key = (park.pk, comparable(name))
        if key not in self._areas:
            area = ParkArea(park=park, name=name[:120])
            self._publisher.add_snippet(area, "Named as a ride's area in a file")
            ReferenceIndex.create_or_update_for_object(area)
            self._areas[key] = area
            self._area_by_uuid[str(area.uuid)] = area
        return str(self._areas[key].uuid)

    def area_by_uuid(self, uuid: str) -> ParkArea | None:
        return self._area_by_uuid.get(uuid)

    def _create(self, place: Place) -> ParkPage:
        page = ParkPage(
            title=place.name,
            # The file does not tell theme parks from others.
            park_type=ParkType.AMUSEMENT if place.is_recorded else ParkType.OTHER,
            country=place.region.country,
            time_zone=place.region.time_zone,
        )
        if place.point:
            page.latitude = _degrees(place.point.latitude)
            page.longitude = _degrees(place.point.longitude)
        reason = "Named as a ride's park in an imported file"
        index = ParkIndexPage.objects.get()
        distinction = place.region.country if place.region.country != NOT_KNOWN else ""
        self._publisher.add(page, index, reason, distinction=distinction)
        self._add(page)
        return page

    def _add(self, page: ParkPage) -> None:
        names = {page.title, *(record.text for record in page.names.all())}
        for key in {park_key(name) for name in names}:
            self._by_key[key].append(page)
        self._by_uuid[str(page.uuid)] = page


def _may_be(page: ParkPage, place: Place) -> bool:
    """A park of that name is the one meant, unless it stands somewhere else."""
    countries = {page.country, place.region.country} - {NOT_KNOWN}
    if len(countries) > 1:
        return False
    point = point_of(page.latitude, page.longitude)
    return point is None or place.point is None or is_near(point, place.point)


def _degrees(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))
