"""Made-up parks and rides for the styleguide, which reads no database."""

from types import SimpleNamespace
from typing import Any

from core.measures import Dimension, Measure
from core.partial_dates import PartialDate
from parks.choices import ParkStatus, RideStatus
from parks.rides_shown import ListedRide
from parks.seen import Seen

LONG = (
    "The Extraordinarily Long and Winding Name of the Mountain Railway That Nobody Has "
    "Ever Said in One Breath"
)
RTL = "قطار الموت الكبير"


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def length(text: str) -> Measure:
    return Measure.parse(text, Dimension.LENGTH)


def speed(text: str) -> Measure:
    return Measure.parse(text, Dimension.SPEED)


def page(title: str, **facts: Any) -> SimpleNamespace:
    """Something with a title that leads nowhere."""
    return SimpleNamespace(
        title=title, depth=3, path="", get_url=lambda request=None: "#", **facts
    )


def seen(title: str, status: RideStatus = RideStatus.OPERATING, **facts: Any) -> Seen:
    known = {"opened": day("1998-05-20"), "closed": None, "name": None} | facts
    return Seen(title=title, status=status, label=str(status.label), **known)


def ride(title: str, *, height: str = "62.5 m", **facts: Any) -> ListedRide:
    """A line of a list; the facts overrule those of an ordinary coaster."""
    known: dict[str, Any] = {
        "park": page("Harbour Park"),
        "makers": [page("Intamin")],
        "model": page("Giga Coaster"),
        "photo": None,
        "seen": seen(title),
        "speed": speed("119 km/h"),
        "length": length("1749.6 m"),
        "inversions": 4,
    }
    return ListedRide(ride=page(title), height=length(height), **(known | facts))


def bare_ride(title: str) -> ListedRide:
    """A ride of which hardly anything is known."""
    return ListedRide(
        ride=page(title),
        park=None,
        makers=[],
        model=None,
        photo=None,
        seen=seen(title, RideStatus.UNKNOWN, opened=None, is_certain=False),
        height=None,
        speed=None,
        length=None,
        inversions=None,
    )


def listed_park(title: str, *, rides: int, photo: Any = None) -> SimpleNamespace:
    park = page(
        title,
        place="Sandusky, Ohio, United States",
        status=ParkStatus.OPERATING,
        get_status_display=str(ParkStatus.OPERATING.label),
        opened=day("1870"),
        closed=None,
    )
    return SimpleNamespace(park=park, photo=photo, rides=rides)


def name(text: str, began: str = "", ended: str = "", **facts: Any) -> SimpleNamespace:
    known = {"language": "", "kind": "former", "get_kind_display": "Former"}
    return SimpleNamespace(
        uuid="0",
        text=text,
        began=day(began) if began else None,
        ended=day(ended) if ended else None,
        **(known | facts),
    )


def period(
    status: RideStatus, began: str, ended: str = "", note: str = ""
) -> SimpleNamespace:
    return SimpleNamespace(
        uuid="0",
        status=status,
        get_status_display=str(status.label),
        began=day(began),
        ended=day(ended) if ended else None,
        note=note,
    )


def source(title: str, **facts: Any) -> SimpleNamespace:
    known = dict.fromkeys(("url", "publisher", "published", "accessed_on", "facts"))
    known["standing"] = ""
    return SimpleNamespace(uuid="0", title=title, **(known | facts))


def leaf(number: int, last: int) -> SimpleNamespace:
    """A page of a list of `last` pages."""
    return SimpleNamespace(
        number=number,
        has_other_pages=last > 1,
        has_previous=number > 1,
        has_next=number < last,
        previous_page_number=number - 1,
        next_page_number=number + 1,
        shown_numbers=[1, "…", number - 1, number, number + 1, "…", last]
        if last > 7
        else list(range(1, last + 1)),
    )
