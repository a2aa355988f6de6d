"""Countries, subdivisions and currencies by their ISO codes."""

import unicodedata
from collections.abc import Callable
from functools import cache
from gettext import translation

from django.utils.text import slugify
from django.utils.translation import get_language, gettext, gettext_noop

import pycountry

# CLDR's code for a country nobody knows; ISO 3166 leaves it to users.
NOT_KNOWN = "ZZ"
NOT_KNOWN_LABEL = gettext_noop("Country not recorded")


def country_choices() -> tuple[tuple[str, str], ...]:
    """(alpha-2, short name) by the alphabet of the language, "not recorded" last."""
    return _choices_in(get_language() or "")


@cache
def _choices_in(language: str) -> tuple[tuple[str, str], ...]:
    names = _iso_names("iso3166-1", language)
    named = sorted(
        ((code, names(name)) for code, name in _english_names().items()),
        key=lambda choice: sorted_under(choice[1]),
    )
    return (*named, (NOT_KNOWN, gettext(NOT_KNOWN_LABEL)))


def country_name(code: str) -> str:
    """The short name of an alpha-2 code; the code itself when unknown."""
    return _names_in(get_language() or "").get(code, code)


@cache
def _names_in(language: str) -> dict[str, str]:
    return dict(_choices_in(language))


def english_country_name(code: str) -> str:
    """As country_name, for what is stored or compared whatever the reader speaks."""
    return NOT_KNOWN_LABEL if code == NOT_KNOWN else _english_names().get(code, code)


@cache
def _english_names() -> dict[str, str]:
    return {c.alpha_2: getattr(c, "common_name", c.name) for c in pycountry.countries}


def _iso_names(standard: str, language: str) -> Callable[[str], str]:
    """From an English name of an ISO standard to the one of a language."""
    if not language or language.startswith("en"):
        return str
    known = translation(standard, pycountry.LOCALES_DIR, [language], fallback=True)
    return known.gettext


def sorted_under(name: str) -> str:
    """Österreich stands under O."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def country_slug(code: str) -> str:
    """The country's part of an address: "united-states"."""
    return slugify(english_country_name(code))


@cache
def _codes_by_slug() -> dict[str, str]:
    return {country_slug(code): code for code in _english_names()}


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
    return subdivision_names(code)[0]


def subdivision_names(code: str) -> list[str]:
    """The name of a region, and what ISO 3166-2 puts in brackets behind some."""
    found = pycountry.subdivisions.get(code=code)
    return found.name.removesuffix("]").split(" [") if found else [code]


def currency_choices() -> tuple[tuple[str, str], ...]:
    """(ISO 4217 code, code and name) in alphabetical order of the codes."""
    return _currencies_in(get_language() or "")


@cache
def _currencies_in(language: str) -> tuple[tuple[str, str], ...]:
    names = _iso_names("iso4217", language)
    return tuple(
        sorted(
            (c.alpha_3, f"{c.alpha_3} {names(c.name)}") for c in pycountry.currencies
        )
    )
