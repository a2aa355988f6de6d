"""Rides as they stand in lists: each with its makers and best figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from core.measures import Measure
from core.partial_dates import PartialDate
from parks.choices import OPEN_TO_VISITORS, CreditRole
from parks.gathering import (
    RIDE_FIELDS,
    STEP,
    Links,
    Part,
    PublicPages,
    gather,
    look_up,
    model_at,
)
from parks.seen import Seen, seen_now


@dataclass(frozen=True, slots=True)
class ListedRide:
    """One line of a list. Figures are the best of all tracks, None when unknown.

    `until` is when it closes, in lists of what does (`with_closing_days`).
    """

    ride: Any
    park: Page | None
    makers: list[Page]
    model: Page | None
    photo: Any
    seen: Seen
    height: Measure | None
    speed: Measure | None
    length: Measure | None
    inversions: int | None
    note: str = ""
    until: PartialDate | None = None

    def stands_under(self, page: Page) -> bool:
        return bool(self.ride.path[:-STEP] == page.path)


def ride_parts(rides: Any) -> dict[str, Part]:
    """The rides of a QuerySet and the rows that `listed` needs of them.

    The order of the QuerySet is lost: rides come in no order, so sort them.
    """
    ids = rides.order_by().values("pk")
    return {
        "rides": Part(rides, RIDE_FIELDS),
        "ride_tracks": Part(
            model_at(rides.model, "tracks").objects.filter(page__in=ids)
        ),
        "ride_credits": Part(
            model_at(rides.model, "credits").objects.filter(
                page__in=ids, role=CreditRole.MANUFACTURER
            )
        ),
    }


def listed(
    rides: Iterable[Any], rows: dict[str, list[Any]], links: Links
) -> list[ListedRide]:
    """Rides with the rows of `ride_parts` and the pages these point at."""
    tracks: dict[int, list[Any]] = defaultdict(list)
    makers: dict[int, list[Page]] = defaultdict(list)
    for track in rows["ride_tracks"]:
        tracks[track.page_id].append(track)
    for credit in rows["ride_credits"]:
        if maker := links.pages.get(credit.company_id):
            makers[credit.page_id].append(maker)
    return [as_listed(ride, tracks[ride.pk], makers[ride.pk], links) for ride in rides]


def as_listed(
    ride: Any, tracks: Sequence[Any], makers: list[Page], links: Links
) -> ListedRide:
    """One ride with its own tracks and makers."""
    inversions = [t.inversions for t in tracks if t.inversions is not None]
    return ListedRide(
        ride=ride,
        park=links.above(ride),
        makers=makers,
        model=links.pages.get(ride.model_id or 0),
        photo=links.photo(ride.lead_photo_id),
        seen=seen_now(ride),
        height=_best(tracks, "height"),
        speed=_best(tracks, "speed"),
        length=_best(tracks, "length"),
        inversions=max(inversions, default=None),
    )


def _best(tracks: Sequence[Any], name: str) -> Measure | None:
    known = [measure for track in tracks if (measure := getattr(track, name))]
    return max(known, key=attrgetter("si"), default=None)


def list_rides(public: PublicPages, rides: Any) -> list[ListedRide]:
    """A bounded QuerySet of public rides in its order, in three queries."""
    return list_many(public, {"rides": rides})["rides"]


def list_many(
    public: PublicPages, lists: Mapping[str, Any]
) -> dict[str, list[ListedRide]]:
    """Bounded QuerySets of public rides, each in its order: a query each, and two."""
    orders = {
        name: list(rides.values_list("pk", flat=True)) for name, rides in lists.items()
    }
    wanted = {pk for order in orders.values() for pk in order}
    if not wanted:
        return {name: [] for name in lists}
    model = next(iter(lists.values())).model
    rows = gather(ride_parts(model.objects.filter(pk__in=wanted)))
    links = look_up(
        public,
        page_ids=pages_beside(rows),
        page_paths=[ride.path[:-STEP] for ride in rows["rides"]],
    )
    found = {ride.ride.pk: ride for ride in listed(rows["rides"], rows, links)}
    return {
        name: [found[pk] for pk in order if pk in found]
        for name, order in orders.items()
    }


def with_closing_days(rides: Sequence[ListedRide]) -> list[ListedRide]:
    """Rides that will close, each with when; one query."""
    if not rides:
        return []
    ending = model_at(type(rides[0].ride), "status_periods").objects.filter(
        page__in=[ride.ride.pk for ride in rides],
        status__in=OPEN_TO_VISITORS,
        ended_upper__gte=timezone.localdate(),
    )
    until = {period.page_id: period.ended for period in ending.order_by("-ended_upper")}
    return [replace(ride, until=until.get(ride.ride.pk)) for ride in rides]


def in_the_order(order: Sequence[int], rides: Iterable[Any]) -> list[Any]:
    """Rides by the place of their primary keys in a list."""
    found = {ride.pk: ride for ride in rides}
    return [found[pk] for pk in order if pk in found]


def pages_beside(rows: dict[str, list[Any]]) -> list[int | None]:
    """Primary keys of the makers and models that listed rides name."""
    return [
        *(credit.company_id for credit in rows["ride_credits"]),
        *(ride.model_id for ride in rows["rides"]),
    ]
