"""The rides of a park under the headings a visitor looks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.wording import Words
from parks.choices import (
    GONE,
    NOT_YET_OPEN,
    OPEN_TO_VISITORS,
    RideCategory,
    RideStatus,
)
from parks.rides_shown import ListedRide

CATEGORY_HEADINGS: dict[str, Words] = {
    RideCategory.ROLLER_COASTER: _("Roller coasters"),
    RideCategory.POWERED_COASTER: _("Powered coasters"),
    RideCategory.ALPINE_COASTER: _("Alpine coasters"),
    RideCategory.FLAT: _("Flat rides"),
    RideCategory.WATER: _("Water rides"),
    RideCategory.DARK: _("Dark rides"),
    RideCategory.TRANSPORT: _("Transport rides"),
    RideCategory.WALKTHROUGH_OTHER: _("Walkthroughs and others"),
}
# Headings of a park's rides, in the order a visitor asks.
GROUPS: tuple[tuple[str, Words, frozenset[str]], ...] = (
    ("open", _("Open to visitors"), OPEN_TO_VISITORS),
    ("coming", _("On the way"), NOT_YET_OPEN),
    ("waiting", _("Not running"), frozenset({"temporarily_closed", "sbno"})),
    ("unclear", _("Status not recorded"), frozenset({"unknown"})),
    ("gone", _("Gone"), GONE - {RideStatus.CANCELLED}),
    ("cancelled", _("Never built"), frozenset({RideStatus.CANCELLED})),
)


@dataclass(frozen=True, slots=True)
class RidesOfCategory:
    """Rides of one category, and which columns their table can do without."""

    heading: Words
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
    heading: Words
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
