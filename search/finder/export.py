"""The rides found as a table for other programs.

One line for each ride: figures as their source gives them and in metric units, dates
as EDTF text, the lasting uuid and the address. The file begins with a byte order mark,
without which spreadsheets read UTF-8 as something else; programs skip it ("utf-8-sig").
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.http import HttpRequest

from core.csv_files import safe_cell
from parks.gathering import STEP, Links, Part, PublicPages, gather, look_up
from parks.models import ParkPage, RidePage, RideStay, RideTrack
from search.finder.deriving import standing_since
from search.finder.models import RideFacts
from search.finder.names import Name, name_parts, names_in

BYTE_ORDER_MARK = "\ufeff"
MOST_EXPORTED = 10_000
AT_ONCE = 500

# Figures as their source gives them beside the column of the same in metric units.
MEASURES = {
    "height": "height_m",
    "drop": "drop_m",
    "length": "length_m",
    "speed": "speed_kmh",
    "rider_height_min": "rider_m",
}
NUMBERS = ("inversions", "angle", "duration_s", "capacity")
HEADINGS = (
    *("uuid", "url", "name", "park", "country", "latitude", "longitude"),
    *("category", "status", "opened", "closed", "here_since", "material"),
    *("intensity", "indoor", "manufacturers", "designers", "model", "layout"),
    *("height", "height_m", "drop", "drop_m", "length", "length_m"),
    *("speed", "speed_kmh", "smallest_rider", "smallest_rider_m"),
    *("inversions", "steepest_angle_degrees", "duration_s", "riders_per_hour"),
    *("elements", "features", "tags"),
)


class _Line:
    """Where the writer of the csv module puts a line: it hands it back."""

    def write(self, line: str) -> str:
        return line


def lines(
    keys: Sequence[int], public: PublicPages, request: HttpRequest
) -> Iterator[str]:
    """The file, line by line. Some rides at a time are read, in three queries."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(HEADINGS)
    for start in range(0, len(keys), AT_ONCE):
        for row in _rows(keys[start : start + AT_ONCE], public, request):
            yield writer.writerow([safe_cell(cell) for cell in row])


def _rows(
    keys: Sequence[int], public: PublicPages, request: HttpRequest
) -> Iterator[list[Any]]:
    rides = public.among(RidePage.objects.filter(pk__in=keys))
    rows = gather(
        {
            "rides": Part(
                rides,
                (
                    *("id", "page_ptr_id", "path", "depth", "title", "slug"),
                    *("url_path", "uuid", "opened", "closed"),
                ),
            ),
            "tracks": Part(RideTrack.objects.filter(page__in=keys)),
            "stays": Part(RideStay.objects.filter(page__in=keys)),
        }
    )
    facts = RideFacts.objects.in_bulk([ride.pk for ride in rows["rides"]])
    links = _links(rows, facts, public)
    names = names_in(links.others)
    parks = {park.path: park for park in links.others["parks"]}
    tracks, stays = _by_ride(rows["tracks"]), _by_ride(rows["stays"])
    by_key = {ride.pk: ride for ride in rows["rides"]}
    for key in keys:
        if key in by_key and key in facts:
            ride, known = by_key[key], facts[key]
            since = standing_since(ride, stays[key])
            yield [
                ride.uuid,
                ride.get_full_url(request),
                ride.title,
                *_place(parks.get(ride.path[:-STEP])),
                *(known.category, known.status),
                *(ride.opened or "", ride.closed or "", since or ""),
                *(known.material, known.intensity, "yes" if known.indoor else "no"),
                _listed(known.manufacturers, names["manufacturer"]),
                _listed(known.designers, names["designer"]),
                _listed([known.model_id], names["model"]),
                _listed([known.layout_id], names["layout"]),
                *_measures(known, tracks[key]),
                *(getattr(known, name) for name in NUMBERS),
                _listed(known.elements, names["element"]),
                "; ".join(known.features),
                _listed(known.tags, names["tag"]),
            ]


def _links(
    rows: Mapping[str, list[Any]], facts: Mapping[int, RideFacts], public: PublicPages
) -> Links:
    known = list(facts.values())
    codes = {
        "manufacturer": {key for fact in known for key in fact.manufacturers},
        "designer": {key for fact in known for key in fact.designers},
        "model": {fact.model_id for fact in known if fact.model_id},
        "layout": {fact.layout_id for fact in known if fact.layout_id},
        "element": {key for fact in known for key in fact.elements},
        "tag": {key for fact in known for key in fact.tags},
    }
    above = {ride.path[:-STEP] for ride in rows["rides"]}
    parks = public.among(ParkPage.objects.filter(path__in=above))
    of_parks = ("id", "page_ptr_id", "path", "title", "country")
    return look_up(
        public,
        more={
            **name_parts(codes, public),
            "parks": Part(parks, (*of_parks, "latitude", "longitude")),
        },
    )


def _by_ride(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.page_id].append(row)
    return found


def _place(park: Any) -> list[Any]:
    if park is None:
        return ["", "", "", ""]
    return [park.title, park.country, park.latitude, park.longitude]


def _measures(known: RideFacts, tracks: Sequence[Any]) -> Iterator[Any]:
    """Each figure as its source gives it, then in metric units."""
    for name, column in MEASURES.items():
        given = [measure for track in tracks if (measure := getattr(track, name))]
        pick = min if name == "rider_height_min" else max
        yield str(pick(given, key=attrgetter("si"))) if given else ""
        yield getattr(known, column)


def _listed(codes: Iterable[int | None], names: Mapping[int, Name]) -> str:
    found = (names.get(code or 0) for code in codes)
    return "; ".join(name.label for name in found if name)
