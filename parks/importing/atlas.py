"""The parks that a file names, put together from the rows that stand in them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from parks.geography import (
    NOWHERE,
    Point,
    Region,
    distance_km,
    middle_of,
    region_of_most,
)
from parks.importing.cells import comparable

# Two parks that share a name are told apart by this distance.
SAME_PARK_KM = 100
# A ride this close to the middle of a park stands in it.
INSIDE_PARK_KM = 1.0
# Longer and shorter names of one park ("Sea World", "Sea World (Australia)").
SAME_SITE_KM = 2.0
_GENERIC_WORDS = frozenset(
    {
        *("the", "and", "amusement", "theme", "park", "parks", "resort", "recreation"),
        *("family", "water"),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """A park as the file knows it. `key` tells it from its namesakes."""

    key: str
    name: str
    region: Region = NOWHERE
    point: Point | None = None
    is_recorded: bool = True


@dataclass(slots=True)
class Cluster:
    """The rows that name one park: its spellings and its coordinates."""

    key: str
    names: Counter[str] = field(default_factory=Counter)
    points: list[Point] = field(default_factory=list)

    @property
    def point(self) -> Point | None:
        return middle_of(self.points) if self.points else None

    @property
    def size(self) -> int:
        return self.names.total()

    def is_within(self, km: float, point: Point | None) -> bool:
        own = self.point
        return bool(own and point and distance_km(own, point) <= km)

    def absorb(self, other: "Cluster") -> None:
        self.names.update(other.names)
        self.points.extend(other.points)

    def place(self, number: int) -> Place:
        most = max(self.names.values())
        spellings = [name for name, count in self.names.items() if count == most]
        name = min(spellings, key=len)
        region = region_of_most(self.points)
        return Place(f"{self.key} {number}", name, region, self.point)


class Atlas:
    """Finds parks by name and by coordinates."""

    def __init__(self, sightings: Iterable[tuple[str, Point | None]]) -> None:
        self._clusters = _clustered(sightings)
        self._drop_points(self._is_at_sea)
        self._join_longer_names()
        self._drop_points(self._is_misplaced)
        self._join_namesakes()
        self._places: dict[str, list[Place]] = defaultdict(list)
        for cluster in self._clusters:
            options = self._places[cluster.key]
            options.append(cluster.place(len(options) + 1))
        self._every_place = [place for some in self._places.values() for place in some]

    def named(self, name: str, point: Point | None = None) -> Place | None:
        """The park of that name, of several the one at the point."""
        key = self._joined.get(park_key(name), park_key(name))
        options = self._places.get(key, [])
        near = (p for p in options if is_near(p.point, point))
        return next(near, options[0] if options else None)

    def completed(self, name: str) -> list[Place]:
        """The parks whose name begins with these words."""
        key = park_key(name)
        return [p for p in self._every_place if p.key.startswith(f"{key} ")]

    def around(self, point: Point) -> Place | None:
        """The park whose middle is closest, if the point is inside it."""
        near = ((distance_km(p.point, point), p) for p in self._every_place if p.point)
        distance, place = min(
            near, key=lambda pair: pair[0], default=(SAME_PARK_KM, None)
        )
        return place if distance <= INSIDE_PARK_KM else None

    def _drop_points(self, is_wrong: Callable[[Cluster], bool]) -> None:
        """Forget wrong coordinates; which are wrong is decided for all first."""
        for cluster in [c for c in self._clusters if c.points and is_wrong(c)]:
            cluster.points.clear()

    @staticmethod
    def _is_at_sea(cluster: Cluster) -> bool:
        return region_of_most(cluster.points) == NOWHERE

    def _is_misplaced(self, cluster: Cluster) -> bool:
        """True for the coordinates of another park, and for a minus sign gone wrong."""
        point = middle_of(cluster.points)
        others = [
            o for o in self._clusters if o is not cluster and o.size >= cluster.size
        ]
        if any(o.is_within(SAME_SITE_KM, m) for o in others for m in _mirrored(point)):
            return True
        namesakes = [o for o in self._clusters if o.key == cluster.key]
        inside = (o for o in others if o.is_within(INSIDE_PARK_KM, point))
        return len(namesakes) > 1 and any(o.key != cluster.key for o in inside)

    def _join_namesakes(self) -> None:
        """Rows of a park without coordinates belong to its namesake that has some."""
        for cluster in [c for c in self._clusters if not c.points]:
            namesakes = [c for c in self._clusters if c.key == cluster.key and c.points]
            if namesakes:
                max(namesakes, key=lambda other: other.size).absorb(cluster)
                self._clusters.remove(cluster)

    def _join_longer_names(self) -> None:
        self._joined: dict[str, str] = {}
        for short in list(self._clusters):
            for longer in list(self._clusters):
                is_longer = longer.key.startswith(f"{short.key} ")
                if is_longer and longer.is_within(SAME_SITE_KM, short.point):
                    short.absorb(longer)
                    self._joined[longer.key] = short.key
                    self._clusters.remove(longer)


def is_near(one: Point | None, other: Point | None) -> bool:
    """True when both points are known and may lie in one park."""
    return bool(one and other and distance_km(one, other) <= SAME_PARK_KM)


def park_key(name: str) -> str:
    """Equal for the spellings of one park's name."""
    words = [word for word in comparable(name).split() if word not in _GENERIC_WORDS]
    return " ".join(words) or comparable(name)


def _clustered(sightings: Iterable[tuple[str, Point | None]]) -> list[Cluster]:
    clusters: dict[str, list[Cluster]] = defaultdict(list)
    # Sightings with coordinates come first: the others find their park there.
    for name, point in sorted(sightings, key=lambda sighting: sighting[1] is None):
        options = clusters[park_key(name)]
        cluster = next((c for c in options if _accepts(c, point)), None)
        if cluster is None:
            cluster = Cluster(park_key(name))
            options.append(cluster)
        cluster.names[name] += 1
        if point:
            cluster.points.append(point)
    return [cluster for options in clusters.values() for cluster in options]


def _accepts(cluster: Cluster, point: Point | None) -> bool:
    return point is None or not cluster.points or is_near(cluster.point, point)


def _mirrored(point: Point) -> Iterator[Point]:
    """Where the point would be if a minus sign were wrong."""
    yield Point(-point.latitude, point.longitude)
    yield Point(point.latitude, -point.longitude)
    yield Point(-point.latitude, -point.longitude)
