"""Which rides belong on a park's page: those that stand there, those that have left.

Today's rides are the pages below the park. On another day their stays say where they
stood; their rows are read along, from the tables or from the versions of that time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from wagtail.models import Page

from core.partial_dates import PartialDate
from core.past import KnownPages, the_past
from parks.as_of import Certainty, begun, stays_as_of
from parks.choices import CreditRole
from parks.gathering import Links, Part, PublicPages, Rows, below, model_at
from parks.rides_shown import ListedRide, ride_parts
from parks.seen import seen_from
from parks.timeline import in_order
from parks.viewpoint import Viewpoint

# Rows of rides that only another day needs.
DATED_ROWS = ("names", "status_periods", "stays")
# Those that the chart of today's page is drawn from.
CHARTED_ROWS = ("status_periods",)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rides to consider: as parts to read, or with rows already in memory.

    `places` says what each remembered ride stood under, by its primary key.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)
    places: Mapping[int, Any] = field(default_factory=dict)
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A ride that has left, its last stay here, and where it stands instead."""

    shown: ListedRide
    stay: Any
    place: Page | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a ride stands in the park, and if not, where it went."""

    here: Certainty
    last_stay: Any = None
    place: int | None = None


def candidates(
    park: Any, rides: Any, public: PublicPages, view: Viewpoint
) -> Candidates:
    """Every ride that stands or stood in the park, as far as the viewpoint knows."""
    once_here = Q(pk__in=park.stays.values("page"))
    if view.known_at is not None:
        also = rides.filter(once_here).values("uuid")
        return _remembered(the_past().pages_known_at(park, also, view.moment))
    shown = public.among(rides.filter(below(park) | once_here))
    parts = {
        **ride_parts(shown),
        "stays_here": Part(park.stays.filter(page__in=shown.values("pk"))),
    }
    ids = shown.order_by().values("pk")
    for name in DATED_ROWS if view.as_of is not None else CHARTED_ROWS:
        rows = model_at(rides.model, name).objects.filter(page__in=ids)
        parts[f"ride_{name}"] = Part(rows)
    return Candidates(parts=parts)


def _remembered(known: KnownPages) -> Candidates:
    """Rides of the past with their rows, in the shape that tables would give."""
    rows: dict[str, Rows] = {"rides": [one.page for one in known.pages]}
    for name in ("tracks", "credits", *DATED_ROWS):
        rows[f"ride_{name}"] = found = []
        for ride in rows["rides"]:
            for row in getattr(ride, name).all():
                row.page_id = ride.pk
                found.append(row)
    rows["ride_credits"] = [
        credit
        for credit in rows["ride_credits"]
        if credit.role == CreditRole.MANUFACTURER
    ]
    places = {one.page.pk: one.place for one in known.pages}
    return Candidates(rows=rows, places=places, withheld=known.withheld)


def places_named(rows: Mapping[str, Rows]) -> list[int | None]:
    """Primary keys of the parks and companies that the stays of rides name."""
    return [stay.park_id or stay.operator_id for stay in rows.get("ride_stays", ())]


def here_and_moved(
    park: Any, rides: Sequence[ListedRide], rows: Mapping[str, Rows]
) -> tuple[list[ListedRide], list[Moved]]:
    """The rides that stand here today, and those that have moved away."""
    stay_of = {stay.page_id: stay for stay in rows["stays_here"]}
    away = [ride for ride in rides if not ride.stands_under(park)]
    return [ride for ride in rides if ride.stands_under(park)], [
        Moved(ride, stay_of.get(ride.ride.pk), ride.park) for ride in away
    ]


def here_and_moved_then(
    park: Any,
    rides: Iterable[ListedRide],
    rows: Mapping[str, Rows],
    links: Links,
    *,
    view: Viewpoint,
    places: Mapping[int, Any],
) -> tuple[list[ListedRide], list[Moved]]:
    """The same from another viewpoint. Rides that came later are in neither list."""
    dated = {name: _by_ride(rows[f"ride_{name}"]) for name in DATED_ROWS}
    here: list[ListedRide] = []
    moved: list[Moved] = []
    for ride in rides:
        pk = ride.ride.pk
        periods, names = dated["status_periods"][pk], dated["names"][pk]
        seen = seen_from(view, ride.ride, names=names, periods=periods)
        if not seen.there:
            continue
        stays = dated["stays"][pk]
        if view.as_of is None:
            standing = _standing_known(park, stays, places[pk])
        else:
            in_park = ride.stands_under(park)
            standing = _standing_as_of(park, stays, view.as_of, in_park=in_park)
        certain = seen.is_certain and standing.here is Certainty.CERTAINLY
        if standing.here:
            here.append(replace(ride, seen=replace(seen, is_certain=certain)))
        elif standing.last_stay is not None:
            place = links.pages.get(standing.place or 0)
            moved.append(Moved(replace(ride, seen=seen), standing.last_stay, place))
    return here, moved


def _standing_known(park: Any, stays: Sequence[Any], place: Any) -> Standing:
    """By what the wiki knew: where the page stood is where the ride was."""
    if place == park.uuid:
        return Standing(Certainty.CERTAINLY)
    ordered: list[Any] = list(in_order(stays))
    ours = [stay for stay in ordered if stay.park_id == park.pk]
    if not ours:
        return Standing(Certainty.NO)
    last = ordered[-1]
    return Standing(Certainty.NO, ours[-1], last.park_id or last.operator_id)


def _standing_as_of(
    park: Any, stays: Sequence[Any], day: PartialDate, *, in_park: bool
) -> Standing:
    if not stays:
        # Nothing says that it ever stood elsewhere than its page does.
        return Standing(Certainty.CERTAINLY if in_park else Certainty.NO)
    found = stays_as_of(day, stays)
    here = max((sure for stay, sure in found if stay.park_id == park.pk), default=None)
    if here:
        return Standing(here)
    left = [
        stay
        for stay in in_order(stays)
        if getattr(stay, "park_id", None) == park.pk and begun(stay.began, day)
    ]
    if not left:
        return Standing(Certainty.NO)
    elsewhere = found[-1][0] if found else None
    place = elsewhere and (elsewhere.park_id or elsewhere.operator_id)
    return Standing(Certainty.NO, left[-1], place)


def _by_ride(rows: Iterable[Any]) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for row in rows:
        found[row.page_id].append(row)
    return found
