"""The facts that can be set on many pages at once: the closed list, and its parsers."""

from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from modelcluster.models import get_serializable_data_for_fields

from core.batch_operations import Content, Unfit
from core.sayings import saying as _
from core.wording import Words
from parks.models import ParkPage, RidePage, RideTrack

RIDE, PARK = "parks.ridepage", "parks.parkpage"

# Of each kind of page the facts of its own, and those of a ride's one track.
OWN: dict[str, tuple[str, ...]] = {
    RIDE: ("category", "intensity", "material", "indoor"),
    PARK: ("park_type", "city", "address", "website"),
}
OF_TRACK = (
    *("height", "drop", "length", "speed", "inversions", "duration_s"),
    *("max_angle", "g_force", "capacity_per_hour", "trains"),
)
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})


def labels() -> dict[str, Words]:
    """Every fact of the list by name, as it is called."""
    return {name: capfirst(_(str(_field(name).verbose_name))) for name in _models()}


def read(name: str, text: str) -> Any:
    """The stored form of what was typed for a fact. Raises ValidationError.

    Choices may be named as they are shown or as they are stored.
    """
    field: Any = _field(name)
    how = {"assume_scheme": "https"} if isinstance(field, models.URLField) else {}
    control: Any = field.formfield(**how)
    if isinstance(control, forms.BooleanField):
        value: Any = _yes_or_no(text)
    else:
        value = control.clean(_key_of(control, text))
    if value not in (None, ""):
        value = field.clean(value, None)
    if isinstance(value, Decimal):
        # As the database will give it back: 90 is 90.0.
        return str(value.quantize(Decimal(1).scaleb(-field.decimal_places)))
    if name in OF_TRACK:
        return get_serializable_data_for_fields(RideTrack(**{name: value}))[name]
    return value


def with_values(kind: str, content: Content, values: dict[str, Any]) -> Content:
    """A content with these facts. Raises Unfit for facts the page does not have."""
    changed = dict(content)
    for name, value in values.items():
        if name in OWN[kind]:
            changed[name] = value
        elif kind == RIDE and name in OF_TRACK:
            changed["tracks"] = _on_the_track(changed.get("tracks") or [], name, value)
        else:
            raise Unfit(
                _("“%(fact)s” is no fact of this kind of page.")
                % {"fact": labels()[name]}
            )
    return changed


def _on_the_track(tracks: list[Content], name: str, value: Any) -> list[Content]:
    if len(tracks) != 1:
        raise Unfit(
            _(
                "This ride has %(count)s tracks, so it is not clear which is meant. "
                "Edit it by itself."
            )
            % {"count": len(tracks)}
        )
    return [{**tracks[0], name: value}]


@cache
def _models() -> dict[str, Any]:
    """The model each fact of the list belongs to."""
    own: dict[str, Any] = {RIDE: RidePage, PARK: ParkPage}
    return {
        **{name: own[kind] for kind, names in OWN.items() for name in names},
        **dict.fromkeys(OF_TRACK, RideTrack),
    }


def _field(name: str) -> Any:
    return _models()[name]._meta.get_field(name)


def _yes_or_no(text: str) -> bool:
    said = text.strip().casefold()
    if said in _YES | {_("yes").casefold()}:
        return True
    if said in _NO | {_("no").casefold()}:
        return False
    raise ValidationError(_("Say yes or no."))


def _key_of(control: Any, text: str) -> str:
    """What is stored for a choice that was named as it is shown."""
    said = text.strip()
    for key, label in getattr(control, "choices", ()):
        if key and said.casefold() == str(label).casefold():
            return str(key)
    return said
