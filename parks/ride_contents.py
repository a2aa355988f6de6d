"""What the public page of a ride shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from core.partial_dates import PartialDate
from core.wording import Words
from parks.as_of import Certainty, begun, stays_as_of
from parks.choices import Continuity, CreditRole
from parks.citing import citations_of
from parks.clones import Clone, clones_of
from parks.contents import Context, Linked, frame, gallery, linked, names_and_periods
from parks.gathering import (
    STEP,
    Links,
    Part,
    PublicPages,
    carries_its_rows,
    gather,
    look_up,
    model_at,
    rows_of,
    trail_of,
)
from parks.rides_shown import (
    ListedRide,
    as_listed,
    listed,
    pages_beside,
    ride_parts,
)
from parks.scales import scale_of, shares
from parks.structured import ride_data
from parks.timeline import in_order
from parks.viewpoint import TODAY, Viewpoint

# The page of the model lists them all.
KIN_SHOWN = 12
KIN_READ = 60

# Figures of a track in reading order: (heading, attribute, what follows a number).
TRACK_FIGURES = (
    (_("Height"), "height", ""),
    (_("Drop"), "drop", ""),
    (_("Speed"), "speed", ""),
    (_("Length"), "length", ""),
    (_("Inversions"), "inversions", ""),
    (_("Duration"), "duration", ""),
    (_("Steepest angle"), "max_angle", "°"),
    (_("Greatest g-force"), "g_force", " g"),
    (_("Riders per hour"), "capacity_per_hour", ""),
    (_("Trains"), "trains", ""),
    (_("Cars per train"), "cars_per_train", ""),
    (_("Rows per car"), "rows_per_car", ""),
    (_("Seats per row"), "seats_per_row", ""),
    (_("Smallest rider"), "rider_height_min", ""),
    (_("Tallest rider"), "rider_height_max", ""),
)


@dataclass(frozen=True, slots=True)
class Stay:
    """A place a ride has stood at; `page` is the park or the touring company."""

    row: Any
    page: Page
    area: Any

    @property
    def is_a_move(self) -> bool:
        return bool(self.row.continuity != Continuity.ORIGINAL)


@dataclass(frozen=True, slots=True)
class Place:
    """The park or touring company where a ride stands, if anywhere public."""

    page: Page | None
    area: Any
    sure: Certainty = Certainty.CERTAINLY


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of every track; `fact` is the name of its field.

    `by_track` holds track, figure and its part of the category's greatest.
    """

    heading: Words
    fact: str
    suffix: str
    by_track: list[tuple[Any, Any, int]]


@dataclass(frozen=True, slots=True)
class Kin:
    """Rides related to one ride."""

    clones: list[Clone]
    same_model: list[ListedRide]
    has_more: bool
    replaces: list[ListedRide]
    replaced_by: list[ListedRide]
    derived_from: list[ListedRide]
    replicas: list[ListedRide]


def ride_context(
    ride: Any, request: HttpRequest, *, view: Viewpoint = TODAY
) -> Context:
    """A ride with everything known about it."""
    public = PublicPages()
    rows = rows_of(ride, request, _elements_and_areas(ride, request))
    kin_rows = _kin_rows(ride, public) if view.is_today else {}
    links = _links_of_ride(ride, public, rows, kin_rows)
    credits_ = linked(
        rows["credits"], "company_id", links, keep=view.known_at is not None
    )
    makers = [c.page for c in credits_ if c.row.role == CreditRole.MANUFACTURER]
    shown = as_listed(ride, rows["tracks"], [m for m in makers if m], links)
    context = frame(request, ride, links, view)
    context["structured"].append(
        ride_data(request, ride, rows, photo=shown.photo, park=shown.park)
    )
    head = names_and_periods(ride, rows, view)
    stays = _stays(rows, links)
    if view.as_of is not None:
        credits_ = _held(credits_, view.as_of)
        stays = [stay for stay in stays if begun(stay.row.began, view.as_of)]
    place = _place_of(ride, rows, links, view)
    scale = scale_of(ride, public) if view.is_today else {}
    return {
        **context,
        **head,
        "shown": replace(shown, seen=head["seen"], park=place.page),
        "place": place,
        "photo": shown.photo,
        "stays": stays,
        "credits": _by_role(credits_),
        "tracks": rows["tracks"],
        "only_track": rows["tracks"][0] if len(rows["tracks"]) == 1 else None,
        "figures": figures_of(rows["tracks"], scale),
        "has_scale": any(scale.values()),
        "elements": _elements(rows),
        "layout": next(iter(links.others["layout"]), None),
        "kin": _kin(shown, listed(kin_rows["rides"], kin_rows, links))
        if kin_rows
        else None,
        "gallery": gallery(rows["gallery"], links),
        "external_ids": rows["external_ids"],
        "sources": rows["sources"],
        "cited": citations_of(rows["sources"]),
    }


def _held(credits_: Sequence[Linked], day: PartialDate) -> list[Linked]:
    """Credits that may have begun by the day: who made a ride has made it for ever."""
    return [
        replace(credit, sure=sure)
        for credit in credits_
        if (sure := begun(credit.row.began, day))
    ]


def _place_of(
    ride: Any, rows: dict[str, list[Any]], links: Links, view: Viewpoint
) -> Place:
    """Where the ride stands from the viewpoint: by its stays, today by its page."""
    areas = {area.pk: area for area in rows["areas"]}
    stays: list[Any] = list(in_order(rows["stays"]))
    if view.is_today or not stays:
        only = areas.get(stays[0].area_id) if len(stays) == 1 else None
        return Place(links.above(ride), only)
    if view.as_of is None:
        found = [(stays[-1], Certainty.CERTAINLY)]
    else:
        found = stays_as_of(view.as_of, stays)
    if not found:
        return Place(None, None)
    stay, sure = max(found, key=lambda pair: pair[1])
    page = links.pages.get(stay.park_id or stay.operator_id or 0)
    return Place(page, areas.get(stay.area_id), sure)


def figures_of(tracks: Sequence[Any], scale: Mapping[str, float]) -> list[Figure]:
    """The figures known of some track, in reading order."""
    found = []
    for heading, attribute, suffix in TRACK_FIGURES:
        values = [getattr(track, attribute) for track in tracks]
        if any(value not in (None, "") for value in values):
            parts = shares(tracks, attribute, scale)
            by_track = list(zip(tracks, values, parts, strict=True))
            fact = "duration_s" if attribute == "duration" else attribute
            found.append(Figure(heading, fact, suffix, by_track))
    return found


def _elements_and_areas(ride: Any, request: HttpRequest) -> dict[str, Part]:
    element = model_at(type(ride), "elements", "element")
    area = model_at(type(ride), "stays", "area")
    elements: Any = ride_rows(ride, "elements").values("element")
    areas: Any = ride_rows(ride, "stays").values("area")
    if carries_its_rows(ride, request):
        elements = [row.element_id for row in ride.elements.all()]
        areas = [row.area_id for row in ride.stays.all() if row.area_id]
    return {
        "element_kinds": Part(element.objects.filter(live=True, pk__in=elements)),
        "areas": Part(area.objects.filter(live=True, pk__in=areas)),
    }


def ride_rows(ride: Any, relation: str) -> Any:
    """The stored rows of a ride as a QuerySet."""
    return model_at(type(ride), relation).objects.filter(page=ride.pk)


def _kin_rows(ride: Any, public: PublicPages) -> dict[str, list[Any]]:
    """Close relatives, clones and, one too many, rides of the same model."""
    every = public.among(type(ride).objects.exclude(pk=ride.pk))
    close = Q(replaces=ride.pk) | Q(derived_from=ride.pk)
    close |= Q(pk__in=[pk for pk in (ride.replaces_id, ride.derived_from_id) if pk])
    if ride.layout_id:
        close |= Q(layout=ride.layout_id)
    wanted = list(every.filter(close).values_list("pk", flat=True)[:KIN_READ])
    if ride.model_id:
        alike = every.filter(model=ride.model_id).exclude(pk__in=wanted)
        wanted += alike.by_name().values_list("pk", flat=True)[: KIN_SHOWN + 1]
    rows = gather(ride_parts(type(ride).objects.filter(pk__in=wanted)))
    rows["rides"].sort(key=lambda other: (other.title.casefold(), other.pk))
    return rows


def _links_of_ride(
    ride: Any,
    public: PublicPages,
    rows: dict[str, list[Any]],
    kin_rows: dict[str, list[Any]],
) -> Links:
    layout = model_at(type(ride), "layout")
    return look_up(
        public,
        page_ids=[
            ride.model_id,
            *(credit.company_id for credit in rows["credits"]),
            *(stay.park_id or stay.operator_id for stay in rows["stays"]),
            *(pages_beside(kin_rows) if kin_rows else ()),
        ],
        page_paths=[
            *trail_of(ride),
            *(kin.path[:-STEP] for kin in kin_rows.get("rides", ())),
        ],
        photo_ids=[ride.lead_photo_id, *(pic.photo_id for pic in rows["gallery"])],
        more={"layout": Part(layout.objects.filter(pk=ride.layout_id, live=True))},
    )


def _stays(rows: dict[str, list[Any]], links: Links) -> list[Stay]:
    areas = {area.pk: area for area in rows["areas"]}
    in_time: list[Any] = list(in_order(rows["stays"]))
    stays = [
        (row, links.pages.get(row.park_id or row.operator_id or 0)) for row in in_time
    ]
    return [
        Stay(row, page, areas.get(row.area_id))
        for row, page in stays
        if page is not None
    ]


def _by_role(credits_: Sequence[Linked]) -> list[tuple[Words, list[Linked]]]:
    by_role = [
        (label, [credit for credit in credits_ if credit.row.role == role])
        for role, label in CreditRole.choices
    ]
    return [(label, of_role) for label, of_role in by_role if of_role]


def _elements(rows: dict[str, list[Any]]) -> list[Any]:
    kinds = {kind.pk: kind for kind in rows["element_kinds"]}
    return [
        kinds[row.element_id] for row in rows["elements"] if row.element_id in kinds
    ]


def _kin(shown: ListedRide, rides: Sequence[ListedRide]) -> Kin:
    ride = shown.ride
    clones = [r for r in rides if ride.layout_id and r.ride.layout_id == ride.layout_id]
    same = [
        other
        for other in rides
        if ride.model_id and other.ride.model_id == ride.model_id
        if other not in clones
    ]
    return Kin(
        clones=clones_of(shown, clones),
        same_model=same[:KIN_SHOWN],
        has_more=len(same) > KIN_SHOWN,
        replaces=[r for r in rides if r.ride.pk == ride.replaces_id],
        replaced_by=[r for r in rides if r.ride.replaces_id == ride.pk],
        derived_from=[r for r in rides if r.ride.pk == ride.derived_from_id],
        replicas=[r for r in rides if r.ride.derived_from_id == ride.pk],
    )
