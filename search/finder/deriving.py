"""From pages and their rows to what the finder keeps of a ride."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Value
from django.db.models.functions import Length, Substr

from core.partial_dates import PartialDate
from parks.as_of import HEAD_NAMES
from parks.choices import Continuity, CreditRole
from parks.gathering import STEP, Part, Rows
from parks.models import (
    CompanyPage,
    MakerCredit,
    ParkPage,
    RideElement,
    RideName,
    RidePicture,
    RideSource,
    RideStay,
    RideTrack,
)
from parks.models.ride import RideTag
from parks.timeline import in_order
from search.finder.models import RideFacts
from search.folding import words_of

RIDE_COLUMNS = (
    *("id", "page_ptr_id", "path", "title", "category", "status", "material"),
    *("intensity", "indoor", "model_id", "layout_id", "derived_from_id"),
    *("replaces_id", "lead_photo_id", "opened", "closed"),
)
OF_A_PLACE = ("id", "page_ptr_id", "path")
MOVED = frozenset({Continuity.RELOCATED_SAME_TRACK, Continuity.RELOCATED_MODIFIED})


def parts_of(rides: Any) -> dict[str, Part]:
    """Everything to read of the rides of a QuerySet, for one query."""
    ids = rides.order_by().values("pk")
    above = rides.order_by().values_list(
        Substr("path", Value(1), Length("path") - Value(STEP)), flat=True
    )
    of_page: dict[str, Any] = {
        "tracks": RideTrack,
        "credits": MakerCredit,
        "stays": RideStay,
        "elements": RideElement,
        "names": RideName,
    }
    return {
        "rides": Part(rides, RIDE_COLUMNS),
        **{
            name: Part(model._default_manager.filter(page__in=ids))
            for name, model in of_page.items()
        },
        "tags": Part(RideTag.objects.filter(content_object__in=ids)),
        "pictures": Part(RidePicture.objects.filter(page__in=ids), ("id", "page_id")),
        "sources": Part(RideSource.objects.filter(page__in=ids), ("id", "page_id")),
        "parks": Part(ParkPage.objects.filter(path__in=above), OF_A_PLACE),
        "operators": Part(CompanyPage.objects.filter(path__in=above), OF_A_PLACE),
    }


def facts_of(rows: dict[str, Rows]) -> list[RideFacts]:
    """The facts of each ride among rows read by `parts_of`."""
    parks = {park.path: park.pk for park in rows["parks"]}
    operators = {company.path: company.pk for company in rows["operators"]}
    by_ride = {
        name: _by_ride(rows[name], "content_object_id" if name == "tags" else "page_id")
        for name in rows
        if name not in ("rides", "parks", "operators")
    }
    found = []
    for ride in rows["rides"]:
        own = {name: of_rides[ride.pk] for name, of_rides in by_ride.items()}
        facts = facts_from(ride, own)
        facts.park_id = parks.get(ride.path[:-STEP])
        facts.operator_id = operators.get(ride.path[:-STEP])
        if facts.operator_id:
            facts.features = [*facts.features, "on-tour"]
        found.append(facts)
    return found


def facts_from(ride: Any, own: dict[str, Rows]) -> RideFacts:
    """The facts of a ride with its own rows; where it stands is left to say."""
    tracks = own["tracks"]
    since = standing_since(ride, own["stays"])
    return RideFacts(
        ride_id=ride.pk,
        model_id=ride.model_id,
        layout_id=ride.layout_id,
        name=ride.title,
        names=_names(ride, own["names"]),
        category=ride.category,
        status=ride.status,
        material=ride.material,
        intensity=ride.intensity,
        indoor=ride.indoor,
        manufacturers=_companies(own["credits"], CreditRole.MANUFACTURER),
        designers=_companies(own["credits"], CreditRole.DESIGNER),
        elements=sorted({element.element_id for element in own["elements"]}),
        tags=sorted({tag.tag_id for tag in own["tags"]}),
        features=_features(ride, own),
        records=_records(ride, own),
        height_m=_largest(_metric(tracks, "height")),
        speed_kmh=_largest(_metric(tracks, "speed")),
        length_m=_largest(_metric(tracks, "length")),
        drop_m=_largest(_metric(tracks, "drop")),
        inversions=_largest(_known(tracks, "inversions")),
        angle=_largest(map(float, _known(tracks, "max_angle"))),
        duration_s=_largest(_known(tracks, "duration_s")),
        capacity=_largest(_known(tracks, "capacity_per_hour")),
        rider_m=min(_metric(tracks, "rider_height_min"), default=None),
        **_bounds("opened", ride.opened),
        **_bounds("closed", ride.closed),
        **_bounds("since", since),
    )


def _names(ride: Any, names: Iterable[Any]) -> str:
    """Every name on a line of its own, today's first; rides are sorted by that."""
    texts = (ride.title, *(name.text for name in names))
    return "\n".join(dict.fromkeys(" ".join(words_of(text)) for text in texts))


def _by_ride(rows: Iterable[Any], key: str) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _companies(credits_: Iterable[Any], role: CreditRole) -> list[int]:
    return sorted({credit.company_id for credit in credits_ if credit.role == role})


def _known(tracks: Iterable[Any], name: str) -> list[Any]:
    values = (getattr(track, name) for track in tracks)
    return [value for value in values if value is not None]


def _metric(tracks: Iterable[Any], name: str) -> list[float]:
    return [float(measure.si) for measure in _known(tracks, name)]


def _largest(values: Iterable[Any]) -> Any:
    return max(values, default=None)


def _bounds(name: str, moment: PartialDate | None) -> dict[str, Any]:
    return {
        f"{name}_lower": moment.lower if moment else None,
        f"{name}_upper": moment.upper if moment else None,
    }


def standing_since(ride: Any, stays: Sequence[Any]) -> PartialDate | None:
    """When its present stay began; a ride that never moved stands since it opened."""
    ordered: list[Any] = list(in_order(stays))
    began: PartialDate | None = ordered[-1].began if ordered else None
    return began or (ride.opened if len(ordered) < 2 else None)


def _features(ride: Any, own: dict[str, Rows]) -> list[str]:
    places = {(stay.park_id, stay.operator_id) for stay in own["stays"]}
    moved = any(stay.continuity in MOVED for stay in own["stays"])
    names = {name.text for name in own["names"] if name.kind in HEAD_NAMES}
    features = {
        "tracks": len(own["tracks"]) > 1,
        "relocated": moved or len(places) > 1,
        "renamed": bool(names - {ride.title}),
        "layout": ride.layout_id is not None,
        "replica": ride.derived_from_id is not None,
        "successor": ride.replaces_id is not None,
    }
    return [feature for feature, holds in features.items() if holds]


def _records(ride: Any, own: dict[str, Rows]) -> list[str]:
    figures = ("height", "speed", "length")
    records = {
        "photo": ride.lead_photo_id is not None or bool(own["pictures"]),
        "source": bool(own["sources"]),
        "figures": any(_known(own["tracks"], name) for name in figures),
        "opening-day": ride.opened is not None and bool(ride.opened.iso_or_none()),
    }
    return [record for record, holds in records.items() if holds]
