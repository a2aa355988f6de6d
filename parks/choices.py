"""The fixed vocabularies of parks and rides, and the named sets among them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParkType(models.TextChoices):
    THEME = "theme", _("Theme park")
    AMUSEMENT = "amusement", _("Amusement park")
    WATER = "water", _("Water park")
    FAMILY_CENTRE = "family_centre", _("Family entertainment centre")
    FAIRGROUND = "fairground_travelling", _("Travelling fair")
    RESORT_ZONE = "resort_zone", _("Resort or entertainment zone")
    ZOO = "zoo_with_rides", _("Zoo with rides")
    OTHER = "other", _("Other")


class RideCategory(models.TextChoices):
    ROLLER_COASTER = "roller_coaster", _("Roller coaster")
    POWERED_COASTER = "powered_coaster", _("Powered coaster")
    ALPINE_COASTER = "alpine_coaster", _("Alpine coaster")
    FLAT = "flat", _("Flat ride")
    WATER = "water", _("Water ride")
    DARK = "dark", _("Dark ride")
    TRANSPORT = "transport", _("Transport ride")
    WALKTHROUGH_OTHER = "walkthrough_other", _("Walkthrough or other")


COASTERS = frozenset(
    {
        RideCategory.ROLLER_COASTER,
        RideCategory.POWERED_COASTER,
        RideCategory.ALPINE_COASTER,
    }
)


class Intensity(models.TextChoices):
    KIDDIE = "kiddie", _("Kiddie")
    FAMILY = "family", _("Family")
    THRILL = "thrill", _("Thrill")


class Material(models.TextChoices):
    STEEL = "steel", _("Steel")
    WOOD = "wood", _("Wood")
    HYBRID = "hybrid", _("Hybrid")
    OTHER = "other", _("Other")


class ParkStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ANNOUNCED = "announced", _("Announced")
    UNDER_CONSTRUCTION = "under_construction", _("Under construction")
    OPERATING = "operating", _("Operating")
    TEMPORARILY_CLOSED = "temporarily_closed", _("Temporarily closed")
    SBNO = "sbno", _("Standing but not operating")
    CLOSED = "closed", _("Closed")
    DEMOLISHED = "demolished", _("Demolished")
    CANCELLED = "cancelled", _("Cancelled")
    UNKNOWN = "unknown", _("Unknown")


class RideStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ANNOUNCED = "announced", _("Announced")
    UNDER_CONSTRUCTION = "under_construction", _("Under construction")
    SOFT_OPENING = "soft_opening", _("Soft opening")
    OPERATING = "operating", _("Operating")
    TEMPORARILY_CLOSED = "temporarily_closed", _("Temporarily closed")
    SBNO = "sbno", _("Standing but not operating")
    IN_STORAGE = "in_storage", _("In storage")
    RELOCATING = "relocating", _("Relocating")
    CLOSED = "closed", _("Closed")
    DEMOLISHED = "demolished", _("Demolished")
    CANCELLED = "cancelled", _("Cancelled")
    UNKNOWN = "unknown", _("Unknown")


# Statuses in which visitors can ride; plain strings serve parks and rides alike.
OPEN_TO_VISITORS = frozenset({"operating", "soft_opening"})
NOT_YET_OPEN = frozenset({"proposed", "announced", "under_construction"})
STANDING = frozenset({"operating", "soft_opening", "temporarily_closed", "sbno"})
GONE = frozenset({"closed", "demolished", "cancelled", "in_storage", "relocating"})


class Tone(models.TextChoices):
    """How a status is drawn: each has a colour and a shape of its own."""

    OPEN = "open", _("Open to visitors")
    WAIT = "wait", _("On the way or not running")
    GONE = "gone", _("Gone or not known")


def tone_of(status: str) -> Tone:
    """The tone of a status of a park or a ride."""
    if status in OPEN_TO_VISITORS:
        return Tone.OPEN
    return Tone.WAIT if status in NOT_YET_OPEN | STANDING else Tone.GONE


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("Official")
    FORMER = "former", _("Former")
    SPONSORED = "sponsored", _("Sponsored")
    WORKING = "working", _("Working title")
    NICKNAME = "nickname", _("Nickname")


class CompanyKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")


class TermRole(models.TextChoices):
    OPERATOR = "operator", _("Operator")
    OWNER = "owner", _("Owner")


class CreditRole(models.TextChoices):
    MANUFACTURER = "manufacturer", _("Manufacturer")
    DESIGNER = "designer", _("Designer")
    BUILDER = "builder", _("Builder")
    THEMER = "themer", _("Theming")
    TRAINS = "trains", _("Trains")


class Continuity(models.TextChoices):
    ORIGINAL = "original", _("Original site")
    RELOCATED_SAME_TRACK = "relocated_same_track", _("Relocated, same track")
    RELOCATED_MODIFIED = "relocated_modified", _("Relocated and modified")
    RETRACKED = "retracked", _("Retracked")
    REPLICA = "replica", _("Replica")


class ExternalSystem(models.TextChoices):
    RCDB = "rcdb", _("RCDB number")
    WIKIDATA = "wikidata", _("Wikidata item")
    CAPTAIN_COASTER = "captaincoaster", _("Captain Coaster number")


class Standing(models.TextChoices):
    OFFICIAL = "official", _("Official figure")
    MEASURED = "measured", _("Measured")
    ESTIMATED = "estimated", _("Estimated")
    DISPUTED = "disputed", _("Disputed")
