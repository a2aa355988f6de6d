"""A value of a fact in words, as HTML that is safe to show."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.measures import Dimension, InvalidMeasure, Measure
from core.partial_dates import InvalidPartialDate, PartialDate
from core.wording import date_words, grouped, measure_words, number_words
from history.diff.changes import MISSING
from history.diff.references import reference
from history.diff.shapes import Kind, Shape
from history.facts import labels_in

EARTH_RADIUS_M = 6_371_000
# Shown of a value that is not compared word by word.
LONGEST = 400

# Signs that cannot be seen and change how their neighbours look. What joins letters
# or emoji (U+200C, U+200D) is part of writing and stays.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def visible(text: str) -> str:
    """The text with unseen signs named: a changed one would look like no change."""
    return _UNSEEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: not there, null, or an empty text or list."""
    return value is MISSING or value is None or value in ("", [], {})


def worded(shape: Shape, value: Any, units: str) -> SafeString:
    """A value for readers of these units; a dash when it says nothing."""
    if is_blank(value):
        return format_html(
            '<span aria-hidden="true">{}</span><span class="sr-only">{}</span>',
            "–",
            _("nothing"),
        )
    if isinstance(value, list):
        items = [(worded(shape, item, units),) for item in value[:50]]
        return format_html_join(", ", "{}", items)
    match shape.kind:
        case Kind.LINK | Kind.LINKS | Kind.TAGS:
            key = value.get("tag") if isinstance(value, dict) else value
            return reference(shape.target, key)
        case Kind.MEASURE:
            return _measure(shape, value, units)
    return format_html("<bdi>{}</bdi>", _text(shape, value))


def _text(shape: Shape, value: Any) -> str:
    match shape.kind:
        case Kind.BOOLEAN:
            return _("yes") if value is True else _("no")
        case Kind.CHOICE:
            return visible(shape.choices.get(str(value)) or str(value))
        case Kind.PARTIAL_DATE:
            return _partial_date(value)
        case Kind.DATE:
            return _date(str(value))
        case Kind.NUMBER:
            return _number(value)
        case Kind.FACTS:
            return clipped(labels_in(apps.get_model(shape.target), str(value)))
    if isinstance(value, dict):
        return clipped(json.dumps(value, ensure_ascii=False, default=str))
    return clipped(str(value))


def clipped(text: str) -> str:
    """The beginning of a text, with an ellipsis where it goes on."""
    return visible(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _measure(shape: Shape, value: Any, units: str) -> SafeString:
    try:
        measure = Measure.parse(str(value), Dimension(shape.dimension))
    except (InvalidMeasure, ValueError):
        return format_html("<bdi>{}</bdi>", clipped(str(value)))
    if measure.unit.system == units:
        return format_html("{}", measure_words(measure))
    return format_html(
        '{} <span class="aside">({})</span>',
        measure_words(measure),
        measure_words(measure, units),
    )


def _partial_date(value: Any) -> str:
    try:
        return date_words(PartialDate.parse(str(value)))
    except InvalidPartialDate:
        return clipped(str(value))


def _date(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text[:10]), _("j F Y"))
    except ValueError:
        return clipped(text)


def _number(value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return clipped(str(value))
    if not number.is_finite() or len(str(value)) > 40:
        return clipped(str(value))
    return number_words(number, is_grouped=False)


def place(pair: tuple[Any, Any]) -> SafeString:
    """Latitude and longitude as one place."""
    latitude, longitude = (_number(value) for value in pair if not is_blank(value))
    return format_html("{}, {}", latitude, longitude)


def is_place(pair: tuple[Any, Any]) -> bool:
    """Whether both coordinates are there and are numbers."""
    return _degrees(pair) is not None


def shift(before: tuple[Any, Any], after: tuple[Any, Any]) -> str:
    """How far and in which direction a pin moved: "240 m to the north-west"."""
    here, there = _degrees(before), _degrees(after)
    if here is None or there is None:
        return ""
    metres = distance_m(here, there)
    if metres < 1:
        return _("less than 1 m")
    is_near = metres < 10_000
    far = (
        f"{grouped(round(metres))} m"
        if is_near
        else f"{grouped(round(metres / 1000))} km"
    )
    return _("%(far)s to the %(direction)s") % {
        "far": far,
        "direction": _direction(here, there),
    }


def distance_m(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Metres along the great circle between two places in degrees (haversine)."""
    latitude, longitude = map(radians, here)
    other_latitude, other_longitude = map(radians, there)
    half_chord = (
        sin((other_latitude - latitude) / 2) ** 2
        + cos(latitude)
        * cos(other_latitude)
        * sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half_chord)))


def _direction(here: tuple[float, float], there: tuple[float, float]) -> str:
    north = there[0] - here[0]
    east = (there[1] - here[1] + 180) % 360 - 180
    east *= cos(radians((here[0] + there[0]) / 2))
    to_north, to_east = abs(north) * 2.4 >= abs(east), abs(east) * 2.4 >= abs(north)
    if to_north and to_east:
        corners = {
            (True, True): _("north-east"),
            (True, False): _("north-west"),
            (False, True): _("south-east"),
            (False, False): _("south-west"),
        }
        return corners[north > 0, east > 0]
    if to_north:
        return _("north") if north > 0 else _("south")
    return _("east") if east > 0 else _("west")


def _degrees(pair: tuple[Any, Any]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(pair[0]), float(pair[1])
    except (TypeError, ValueError):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return latitude, longitude


def chosen(names: Mapping[str, Shape], item: dict[str, Any], most: int) -> list[str]:
    """The first facts of a row that say what it is about."""
    telling = (Kind.LINK, Kind.TEXT, Kind.CHOICE, Kind.PARTIAL_DATE, Kind.DATE)
    return [
        name
        for kind in telling
        for name, shape in names.items()
        if shape.kind is kind and not is_blank(item.get(name))
    ][:most]
