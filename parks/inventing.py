"""Rides nobody built, in parks nobody visited: for demonstrations and measurements.

Names, figures and dates are drawn so that they fit together as they do in the world:
most rides are flat, coasters are of steel, the fast ones are tall. The same number
always draws the same rides.
"""

import random
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from parks.choices import COASTERS, RideCategory, RideStatus
from parks.models import (
    CompanyPage,
    Element,
    MakerCredit,
    ParkPage,
    ParkStatusPeriod,
    RideElement,
    RideModelPage,
    RideName,
    RidePage,
    RideStatusPeriod,
    RideStay,
    RideTrack,
)

# Country, how many parks it has beside the others, and the box its parks lie in.
COUNTRIES = (
    ("US", 30, (30, 47, -120, -72)),
    ("DE", 12, (47.5, 54, 7, 14)),
    ("CN", 12, (23, 42, 102, 121)),
    ("JP", 9, (31, 43, 130, 141)),
    ("GB", 8, (50.5, 57, -5, 1)),
    ("FR", 7, (43, 50, -1, 7)),
    ("IT", 5, (38, 46, 8, 17)),
    ("ES", 4, (37, 43, -8, 3)),
    ("NL", 4, (51.3, 53.2, 4, 7)),
    ("BR", 3, (-30, -5, -55, -38)),
    ("SE", 3, (55.5, 63, 12, 18)),
    ("AU", 3, (-38, -25, 138, 153)),
    ("CA", 3, (43, 52, -123, -66)),
    ("DK", 2, (54.8, 57.5, 8, 12)),
    ("MX", 2, (16, 30, -110, -92)),
    ("PL", 2, (49.5, 54, 15, 23)),
    ("KR", 2, (35, 37.6, 126.5, 129)),
    ("ZA", 1, (-34, -24, 18, 31)),
    ("AR", 1, (-40, -24, -68, -57)),
    ("FI", 1, (60, 66, 21, 29)),
)
CATEGORIES = dict(zip(RideCategory, (24, 2, 1, 43, 8, 9, 7, 6), strict=True))
STATUSES = {
    RideStatus.OPERATING: 58,
    RideStatus.CLOSED: 18,
    RideStatus.DEMOLISHED: 14,
    RideStatus.SBNO: 2,
    RideStatus.TEMPORARILY_CLOSED: 2,
    RideStatus.IN_STORAGE: 1,
    RideStatus.ANNOUNCED: 1,
    RideStatus.UNDER_CONSTRUCTION: 1,
    RideStatus.UNKNOWN: 3,
}
GONE_AND_DATED = frozenset({RideStatus.CLOSED, RideStatus.DEMOLISHED})


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


FIRST = _words(
    "Blue Golden Iron Wild Silver Thunder Storm Dragon Eagle Comet Phantom Viking Red"
    " Magic Star Lucky River Northern Twin Flying Hidden Royal Desert Winter Jungle"
)
SECOND = _words(
    "Express Mountain Flyer Racer Fury Falls Whip Wheel Swing Runner Loop Serpent"
    " Ghost Carousel Cups Rapids Tower Glider Mine Rocket Bobs Spinner Chute Castle"
)
TOWNS = _words("Ashford Birken Corvel Dunmere Elmau Fenwick Galen Hallow Isling Jaro")
PARKS = _words("Park Gardens Land Pier World Beach Fairground Family_Park")
MAKERS = _words("Works Rides Amusements Brothers Engineering &_Sons Maschinenbau")
ELEMENTS = (
    *("Vertical loop", "Corkscrew", "Cobra roll", "Zero-g roll", "Immelmann"),
    *("Dive loop", "Heartline roll", "Batwing", "Helix", "Airtime hill", "Launch"),
    *("Splashdown", "Overbanked turn", "Tunnel", "Top hat", "Inclined loop"),
)
INVERTING = 8  # the first of them
THIS_YEAR = 2026


@dataclass(slots=True)
class Invented:
    """One ride with its rows, none of it written yet."""

    page: RidePage
    rows: list[Any] = field(default_factory=list)


class Inventor:
    """Draws parks, makers, models and rides, always the same for one seed.

    `batch` tells the slugs of this time from those of other times.
    """

    def __init__(self, seed: int = 1, *, batch: int = 0) -> None:
        self.batch = batch
        self.dice = random.Random(seed)  # noqa: S311 (nobody shall be surprised)
        self.numbers: dict[str, int] = {}

    def park(self) -> ParkPage:
        country, _, box = self.dice.choices(COUNTRIES, [c[1] for c in COUNTRIES])[0]
        south, north, west, east = box
        town = self.dice.choice(TOWNS)
        opened = str(int(self.dice.triangular(1890, 2024, 1975)))
        page = ParkPage(
            **self._named(f"{town} {self.dice.choice(PARKS)}"),
            country=country,
            city=town,
            latitude=round(self.dice.uniform(south, north), 5),
            longitude=round(self.dice.uniform(west, east), 5),
            status="operating",
            opened=opened,
        )
        page.status_periods = [ParkStatusPeriod(status="operating", began=opened)]
        return page

    def maker(self) -> CompanyPage:
        title = f"{self.dice.choice(FIRST)} {self.dice.choice(MAKERS)}"
        return CompanyPage(**self._named(title), is_manufacturer=True, country="DE")

    def model(self, maker: CompanyPage) -> RideModelPage:
        return RideModelPage(
            **self._named(f"{self.dice.choice(FIRST)} {self.dice.choice(SECOND)} MK"),
            manufacturer=maker,
            category=self._one_of(CATEGORIES),
        )

    def ride(
        self, park: ParkPage, models: list[RideModelPage], elements: list[Element]
    ) -> Invented:
        """A ride that stands in a park; models come most wanted first."""
        model = self._often_first(models) if models and self._maybe(0.6) else None
        category = RideCategory(model.category if model else self._one_of(CATEGORIES))
        status, opened, closed = self._life()
        name = f"{self.dice.choice(FIRST)} {self.dice.choice(SECOND)}"
        page = RidePage(
            **self._named(name),
            category=category,
            intensity=self.dice.choice(("", "kiddie", "family", "thrill")),
            indoor=self._maybe(0.12),
            material=self._one_of({"steel": 85, "wood": 11, "hybrid": 3, "": 15})
            if category in COASTERS
            else "",
            model=model,
            status=status,
            opened=opened,
            closed=closed,
        )
        began = opened or None
        rows: list[Any] = [
            RideName(text=page.title),
            RideStay(park=park, began=began or ""),
            RideStatusPeriod(status="operating", began=opened, ended=closed),
        ]
        if self._maybe(0.1):
            old = f"{self.dice.choice(FIRST)} {self.dice.choice(SECOND)}"
            rows.append(RideName(text=old, kind="former", ended=opened or "1990"))
        if status in GONE_AND_DATED:
            rows.append(RideStatusPeriod(status=status, began=closed))
        maker = model.manufacturer if model else None
        if maker is not None:
            rows.append(MakerCredit(company=maker, role="manufacturer"))
        drawn = self._elements(category, elements)
        rows += [RideElement(element=element) for element in drawn]
        rows.append(self._track(category, drawn))
        return Invented(page, rows)

    def _life(self) -> tuple[RideStatus, str, str]:
        status = self._one_of(STATUSES)
        year = int(self.dice.triangular(1900, THIS_YEAR, 2005))
        if status in (RideStatus.ANNOUNCED, RideStatus.UNDER_CONSTRUCTION):
            year = THIS_YEAR + 1
        month, day = self.dice.randint(1, 12), self.dice.randint(1, 28)
        opened = self.dice.choices(
            (
                f"{year}",
                f"{year}-{month:02}",
                f"{year}-{month:02}-{day:02}",
                f"{year // 10}X",
                f"{year}~",
                f"../{year}",
                "",
            ),
            (35, 12, 32, 4, 4, 2, 11),
        )[0]
        last = self.dice.randint(min(year + 1, THIS_YEAR), THIS_YEAR)
        return status, opened, str(last) if status in GONE_AND_DATED else ""

    def _elements(self, category: RideCategory, elements: list[Element]) -> list[Any]:
        if category not in COASTERS or not elements or self._maybe(0.5):
            return []
        return self.dice.sample(elements, min(len(elements), self.dice.randint(1, 6)))

    def _track(self, category: RideCategory, elements: list[Any]) -> RideTrack:
        if category not in COASTERS:
            measured = {"height": self._length(5, 40, 12)} if self._maybe(0.25) else {}
            return RideTrack(**measured, duration_s=self._perhaps(0.4, 60, 420))
        height = self.dice.triangular(6, 110, 18)
        unit = self._maybe(0.5)
        figures = {
            "height": _measure(height, 0.3048 if unit else 1, "ft" if unit else "m"),
            "speed": _measure(
                14 * height**0.5 + 10, 1.609 if unit else 1, "mph" if unit else "km/h"
            ),
            "length": self._length(120, 2200, 600),
            "drop": _measure(height * 0.9, 1, "m"),
        }
        return RideTrack(
            **{name: text for name, text in figures.items() if self._maybe(0.75)},
            inversions=sum(1 for e in elements if e.is_inversion),
            duration_s=self._perhaps(0.5, 45, 240),
            max_angle=self._perhaps(0.3, 30, 97),
            capacity_per_hour=self._perhaps(0.3, 200, 2200),
            rider_height_min=self.dice.choice(("", "", "90 cm", "120 cm", "48 in")),
        )

    def _length(self, low: int, high: int, usual: int) -> str:
        return f"{self.dice.triangular(low, high, usual):.0f} m"

    def _perhaps(self, chance: float, low: int, high: int) -> int | None:
        return self.dice.randint(low, high) if self._maybe(chance) else None

    def _maybe(self, chance: float) -> bool:
        return self.dice.random() < chance

    def _one_of(self, weights: dict[Any, int]) -> Any:
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def _often_first(self, things: list[Any]) -> Any:
        return things[min(int(self.dice.paretovariate(0.7)), len(things)) - 1]

    def _named(self, title: str) -> dict[str, str]:
        """A title, numbered when it comes again, with a slug nobody else has."""
        number = self.numbers[title] = self.numbers.get(title, 0) + 1
        title = title if number == 1 else f"{title} {number}"
        return {"title": title, "slug": f"made-up-{self.batch}-{slugify(title)}"}


def _measure(value: float, size: float, unit: str) -> str:
    return f"{value / size:.0f} {unit}"
