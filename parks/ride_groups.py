"""The rides of a park under the headings a visitor looks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from parks.choices import (
    GONE,
    NOT_YET_OPEN,
    OPEN_TO_VISITORS,
    RideCategory,
    RideStatus,
)
from parks.rides_shown import ListedRide

CATEGORY_HEADINGS = {
    **{category: f"{label}s" for category, label in RideCategory.choices},
    RideCategory.WALKTHROUGH_OTHER: "Walkthroughs and others",
}
# Headings of a park's rides, in the order a visitor asks.
GROUPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("open", "Open to visitors", OPEN_TO_VISITORS),
    ("coming", "On the way", NOT_YET_OPEN),
    ("waiting", "Not running", frozenset({"temporarily_closed", "sbno"})),
    ("unclear", "Status not recorded", frozenset({"unknown"})),
    ("gone", "Gone", GONE - {RideStatus.CANCELLED}),
    ("cancelled", "Never built", frozenset({RideStatus.CANCELLED})),
)


@dataclass(frozen=True, slots=True)
class RidesOfCategory:
    """Rides of one category, and which columns their table can do without."""

    heading: str
    rides: list[ListedRide]

    @property
    def has_no_figures(self) -> bool:
        return not any(r.height or r.speed or r.length for r in self.rides)

    @property
    def has_no_inversions(self) -> bool:
        return not any(r.inversions for r in self.rides)


@dataclass(frozen=True, slots=True)
class RideGroup:
    """Rides of one standing, by category."""

    key: str
    heading: str
    categories: list[RidesOfCategory]

    @property
    def count(self) -> int:
        return sum(len(category.rides) for category in self.categories)

    @property
    def is_mixed(self) -> bool:
        """Whether its rides need their status named one by one."""
        return self.key != "open" or any(
            ride.seen.is_doubtful
            for category in self.categories
            for ride in category.rides
        )


def grouped(rides: Sequence[ListedRide]) -> list[RideGroup]:
    """Rides by standing, and within that by category."""
    groups = []
    for key, heading, statuses in GROUPS:
        of_group = [ride for ride in rides if ride.seen.status in statuses]
        categories = [
            RidesOfCategory(CATEGORY_HEADINGS[category], of_category)
            for category in RideCategory.values
            if (of_category := [r for r in of_group if r.ride.category == category])
        ]
        if categories:
            groups.append(RideGroup(key, heading, categories))
    return groups
