"""Up to four rides side by side, chosen by their names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.overlay import shows_overlay
from parks.comparing.asked import MOST_RIDES, Asked, asked_in
from parks.comparing.table import Compared, figure_rows
from parks.gathering import RIDE_FIELDS, STEP, Part, PublicPages, gather, look_up
from parks.models import RidePage
from parks.rides_shown import (
    ListedRide,
    in_the_order,
    list_rides,
    listed,
    pages_beside,
    ride_parts,
)
from parks.steps import HOME

FOUND_SHOWN = 8
# What the head of a column and its facts show beside what a list does.
COLUMNS = (*RIDE_FIELDS, "uuid", "material", "intensity", "indoor")


@dataclass(frozen=True, slots=True)
class Column:
    """A ride of the comparison and the query that leaves it out."""

    shown: ListedRide
    without: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A ride found by its name and the query that takes it in."""

    shown: ListedRide
    query: str


@require_safe
@shows_overlay
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison an address asks for. Raises BadRequest."""
    asked = asked_in(request.GET)
    public = PublicPages()
    rides = _compared(public, asked)
    context: dict[str, Any] = {
        "asked": asked,
        "most": MOST_RIDES,
        "columns": [
            Column(ride.shown, asked.without_ride(ride.shown.ride.uuid))
            for ride in rides
        ],
        "rows": figure_rows(rides) if rides else [],
        "missing": len(asked.rides) - len(rides),
        "trail": [HOME],
    }
    if asked.text and not asked.is_full:
        context["offers"] = _offers(public, asked)
    return render(request, "parks/comparing/compare.html", context)


def _compared(public: PublicPages, asked: Asked) -> list[Compared]:
    """The rides of the address that everybody may see, in its order."""
    if not asked.rides:
        return []
    chosen = public.among(RidePage.objects.filter(uuid__in=asked.rides))
    parts = ride_parts(chosen)
    rows = gather(parts | {"rides": Part(parts["rides"].rows, COLUMNS)})
    links = look_up(
        public,
        page_ids=pages_beside(rows),
        page_paths=[ride.path[:-STEP] for ride in rows["rides"]],
        photo_ids=[ride.lead_photo_id for ride in rows["rides"]],
    )
    tracks: dict[int, list[Any]] = defaultdict(list)
    for track in rows["ride_tracks"]:
        tracks[track.page_id].append(track)
    keys = {ride.uuid: ride.pk for ride in rows["rides"]}
    order = [keys[uuid] for uuid in asked.rides if uuid in keys]
    in_order = listed(in_the_order(order, rows["rides"]), rows, links)
    return [Compared(shown, tracks[shown.ride.pk]) for shown in in_order]


def _offers(public: PublicPages, asked: Asked) -> Sequence[Offer]:
    """Rides whose present or former name holds the text."""
    former = RidePage.objects.filter(names__text__icontains=asked.text)
    named = Q(title__icontains=asked.text) | Q(pk__in=former.values("pk"))
    rides = RidePage.objects.filter(named).exclude(uuid__in=asked.rides)
    found = public.among(rides).by_name()[:FOUND_SHOWN]
    uuids = dict(found.values_list("pk", "uuid"))
    return [
        Offer(shown, asked.with_ride(uuids[shown.ride.pk]))
        for shown in list_rides(public, found)
    ]
