"""The words a place is looked for by."""

import pycountry

from parks.countries import NOT_KNOWN, english_country_name, subdivision_names

# What people say who do not say the ISO name.
ALSO_KNOWN_AS = {
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Great Britain"),
    "NL": ("Holland",),
    "RU": ("Russia",),
    "TR": ("Turkey",),
    "US": ("America",),
}


def place_names(city: str, subdivision: str, country: str) -> list[str]:
    """City, region, what the region is part of, and country, each by its names."""
    names = [city, *_regions(subdivision), *_countries(country)]
    return [name for name in names if name]


def _regions(code: str) -> list[str]:
    known = pycountry.subdivisions.get(code=code) if code else None
    if known is None:
        return []
    parent = getattr(known, "parent_code", None)
    return [*subdivision_names(code), *(subdivision_names(parent) if parent else [])]


def _countries(code: str) -> list[str]:
    known = pycountry.countries.get(alpha_2=code) if code else None
    if known is None or code == NOT_KNOWN:
        return []
    return [english_country_name(code), known.alpha_3, *ALSO_KNOWN_AS.get(code, ())]
