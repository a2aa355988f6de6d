"""Countries, subdivisions and currencies by their ISO codes."""

from functools import cache

from django.utils.text import slugify

import pycountry

# CLDR's code for a country nobody knows; ISO 3166 leaves it to users.
NOT_KNOWN = "ZZ"
NOT_KNOWN_LABEL = "Country not recorded"


@cache
def country_choices() -> tuple[tuple[str, str], ...]:
    """(alpha-2, short name) in alphabetical order, "not recorded" last."""
    named = sorted(
        ((c.alpha_2, getattr(c, "common_name", c.name)) for c in pycountry.countries),
        key=lambda choice: choice[1],
    )
    return (*named, (NOT_KNOWN, NOT_KNOWN_LABEL))


@cache
def country_name(code: str) -> str:
    """The short name of an alpha-2 code; the code itself when unknown."""
    return dict(country_choices()).get(code, code)


@cache
def country_slug(code: str) -> str:
    """The country's part of an address: "united-states"."""
    return slugify(country_name(code))


@cache
def _codes_by_slug() -> dict[str, str]:
    return {
        country_slug(code): code for code, _ in country_choices() if code != NOT_KNOWN
    }


def country_at(slug: str) -> str:
    """The code of a country by its slug or its code, empty when there is none."""
    codes = _codes_by_slug()
    if (code := slug.upper()) in codes.values():
        return code
    return codes.get(slug.lower(), "")


def is_subdivision_of(subdivision: str, country: str) -> bool:
    """Whether an ISO 3166-2 code exists and belongs to the country."""
    found = pycountry.subdivisions.get(code=subdivision)
    return found is not None and found.country_code == country


@cache
def subdivision_name(code: str) -> str:
    found = pycountry.subdivisions.get(code=code)
    return found.name if found else code


@cache
def currency_choices() -> tuple[tuple[str, str], ...]:
    """(ISO 4217 code, name) in alphabetical order of the codes."""
    return tuple(
        sorted((c.alpha_3, f"{c.alpha_3} {c.name}") for c in pycountry.currencies)
    )
