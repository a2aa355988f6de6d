"""Where a park is: coordinates, country and subdivision have to agree."""

from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from core.findings import Finding, error, warning
from core.sayings import saying as _
from parks.countries import NOT_KNOWN, country_name, is_subdivision_of
from parks.geography import Point, region_at


def check_place(
    *,
    latitude: Decimal | float | None,
    longitude: Decimal | float | None,
    country: str,
    subdivision: str,
    time_zone: str,
) -> list[Finding]:
    """Contradictions are errors; a point that seems to be abroad is a warning."""
    findings: list[Finding] = []
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        message = _("Give both latitude and longitude, or neither.")
        findings.append(error(message, field=missing))
    elif latitude is not None and longitude is not None:
        findings += _check_point(latitude, longitude, country)
    if subdivision and not is_subdivision_of(subdivision, country):
        message = _(
            "“%(subdivision)s” is not a subdivision of %(country_name)s "
            "(ISO 3166-2, such as US-OH)."
        ) % {"subdivision": subdivision, "country_name": country_name(country)}
        findings.append(error(message, field="subdivision"))
    if time_zone and time_zone not in _time_zones():
        message = _("“%(time_zone)s” is no IANA time zone, such as Europe/Berlin.") % {
            "time_zone": time_zone
        }
        findings.append(error(message, field="time_zone"))
    return findings


def _check_point(
    latitude: Decimal | float, longitude: Decimal | float, country: str
) -> list[Finding]:
    if not (-90 <= latitude <= 90):
        return [error(_("A latitude lies between −90 and 90."), field="latitude")]
    if not (-180 <= longitude <= 180):
        return [error(_("A longitude lies between −180 and 180."), field="longitude")]
    if latitude == 0 and longitude == 0:
        message = _("0/0 is a point in the Atlantic: leave both empty if unknown.")
        return [error(message, field="latitude")]
    found = region_at(Point(float(latitude), float(longitude))).country
    if NOT_KNOWN in (found, country) or found == country:
        return []
    message = _(
        "The point seems to lie in %(country_name)s, not in %(country_name2)s."
    ) % {"country_name": country_name(found), "country_name2": country_name(country)}
    return [warning(message, field="country")]


@cache
def _time_zones() -> frozenset[str]:
    # Reading the zone folder takes 20 ms, and every save of a park asks.
    return frozenset(available_timezones())
