"""schema.org data of the public pages. Dates appear only as far as they are known."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest

from wagtail.models import Page

from core.partial_dates import PartialDate

Data = dict[str, Any]


def breadcrumbs_data(request: HttpRequest, pages: Sequence[Any]) -> Data:
    """Where a page stands, from the front page down."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": _listed(request, pages),
    }


def item_list_data(
    request: HttpRequest, name: str, pages: Sequence[Any], *, first: int = 1
) -> Data:
    """A list of pages, such as the parks of a country, numbered from `first`."""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": name,
        "numberOfItems": len(pages),
        "itemListElement": _listed(request, pages, first=first),
    }


def _listed(
    request: HttpRequest, pages: Sequence[Any], *, first: int = 1
) -> list[Data]:
    return [
        {
            "@type": "ListItem",
            "position": position,
            "name": page.title,
            "item": page.get_full_url(request),
        }
        for position, page in enumerate(pages, start=first)
    ]


def park_data(
    request: HttpRequest, park: Any, rows: dict[str, list[Any]], photo: Any
) -> Data:
    """A park as an AmusementPark."""
    address = {
        "streetAddress": park.address,
        "addressLocality": park.city,
        "addressRegion": park.subdivision,
        "addressCountry": park.country if park.country != "ZZ" else "",
    }
    data = {
        **_thing(request, park, "AmusementPark", rows, photo),
        "address": _part("PostalAddress", address),
        "foundingDate": _day(park.opened),
        "dissolutionDate": _day(park.closed),
        "sameAs": park.website,
    }
    if park.latitude is not None and park.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(park.latitude),
            "longitude": float(park.longitude),
        }
    return _known(data)


def ride_data(
    request: HttpRequest,
    ride: Any,
    rows: dict[str, list[Any]],
    *,
    photo: Any,
    park: Page | None,
) -> Data:
    """A ride as a TouristAttraction with its figures."""
    data = _thing(request, ride, "TouristAttraction", rows, photo)
    if park is not None:
        data["containedInPlace"] = {
            "@type": "AmusementPark",
            "name": park.title,
            "url": park.get_full_url(request),
        }
    data["additionalProperty"] = _figures(ride, rows["tracks"])
    return _known(data)


def _figures(ride: Any, tracks: Iterable[Any]) -> list[Data]:
    dates = {"opened": ride.opened, "closed": ride.closed}
    found: list[Data] = [
        {"@type": "PropertyValue", "name": name, "value": text}
        for name, date in dates.items()
        if (text := _date(date))
    ]
    for track in tracks:
        for name in ("height", "drop", "length", "speed"):
            measure = getattr(track, name)
            if measure is not None:
                found.append(
                    {
                        "@type": "PropertyValue",
                        "name": f"{track.name} {name}".strip(),
                        "value": float(measure.value),
                        "unitText": measure.unit.symbol,
                    }
                )
    return found


def _thing(
    request: HttpRequest, page: Any, kind: str, rows: dict[str, list[Any]], photo: Any
) -> Data:
    others = [name.text for name in rows["names"] if not name.is_current_official]
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "name": page.title,
        "alternateName": others,
        "url": page.get_full_url(request),
        "image": request.build_absolute_uri(photo.file.url) if photo else "",
    }


def _date(date: PartialDate | None) -> str | None:
    return date.schema_org() if date is not None else None


def _day(date: PartialDate | None) -> str | None:
    """For properties that take a day and nothing vaguer."""
    return date.iso_or_none() if date is not None else None


def _part(kind: str, data: Data) -> Data:
    """What is known of a part; nothing, not even its type, where nothing is."""
    known = _known(data)
    return {"@type": kind, **known} if known else {}


def _known(data: Data) -> Data:
    return {
        name: value for name, value in data.items() if value not in (None, "", [], {})
    }
