"""The fixed vocabularies of parks and rides, and the named sets among them."""

from django.db import models


class ParkType(models.TextChoices):
    THEME = "theme", "Theme park"
    AMUSEMENT = "amusement", "Amusement park"
    WATER = "water", "Water park"
    FAMILY_CENTRE = "family_centre", "Family entertainment centre"
    FAIRGROUND = "fairground_travelling", "Travelling fair"
    RESORT_ZONE = "resort_zone", "Resort or entertainment zone"
    ZOO = "zoo_with_rides", "Zoo with rides"
    OTHER = "other", "Other"


class RideCategory(models.TextChoices):
    ROLLER_COASTER = "roller_coaster", "Roller coaster"
    POWERED_COASTER = "powered_coaster", "Powered coaster"
    ALPINE_COASTER = "alpine_coaster", "Alpine coaster"
    FLAT = "flat", "Flat ride"
    WATER = "water", "Water ride"
    DARK = "dark", "Dark ride"
    TRANSPORT = "transport", "Transport ride"
    WALKTHROUGH_OTHER = "walkthrough_other", "Walkthrough or other"


COASTERS = frozenset(
    {
        RideCategory.ROLLER_COASTER,
        RideCategory.POWERED_COASTER,
        RideCategory.ALPINE_COASTER,
    }
)


class Intensity(models.TextChoices):
    KIDDIE = "kiddie", "Kiddie"
    FAMILY = "family", "Family"
    THRILL = "thrill", "Thrill"


class Material(models.TextChoices):
    STEEL = "steel", "Steel"
    WOOD = "wood", "Wood"
    HYBRID = "hybrid", "Hybrid"
    OTHER = "other", "Other"


class ParkStatus(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    ANNOUNCED = "announced", "Announced"
    UNDER_CONSTRUCTION = "under_construction", "Under construction"
    OPERATING = "operating", "Operating"
    TEMPORARILY_CLOSED = "temporarily_closed", "Temporarily closed"
    SBNO = "sbno", "Standing but not operating"
    CLOSED = "closed", "Closed"
    DEMOLISHED = "demolished", "Demolished"
    CANCELLED = "cancelled", "Cancelled"
    UNKNOWN = "unknown", "Unknown"


class RideStatus(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    ANNOUNCED = "announced", "Announced"
    UNDER_CONSTRUCTION = "under_construction", "Under construction"
    SOFT_OPENING = "soft_opening", "Soft opening"
    OPERATING = "operating", "Operating"
    TEMPORARILY_CLOSED = "temporarily_closed", "Temporarily closed"
    SBNO = "sbno", "Standing but not operating"
    IN_STORAGE = "in_storage", "In storage"
    RELOCATING = "relocating", "Relocating"
    CLOSED = "closed", "Closed"
    DEMOLISHED = "demolished", "Demolished"
    CANCELLED = "cancelled", "Cancelled"
    UNKNOWN = "unknown", "Unknown"


# Statuses in which visitors can ride; plain strings serve parks and rides alike.
OPEN_TO_VISITORS = frozenset({"operating", "soft_opening"})
NOT_YET_OPEN = frozenset({"proposed", "announced", "under_construction"})
STANDING = frozenset({"operating", "soft_opening", "temporarily_closed", "sbno"})
GONE = frozenset({"closed", "demolished", "cancelled", "in_storage", "relocating"})


class Tone(models.TextChoices):
    """How a status is drawn: each has a colour and a shape of its own."""

    OPEN = "open", "Open to visitors"
    WAIT = "wait", "On the way or not running"
    GONE = "gone", "Gone or not known"


def tone_of(status: str) -> Tone:
    """The tone of a status of a park or a ride."""
    if status in OPEN_TO_VISITORS:
        return Tone.OPEN
    return Tone.WAIT if status in NOT_YET_OPEN | STANDING else Tone.GONE


class NameKind(models.TextChoices):
    OFFICIAL = "official", "Official"
    FORMER = "former", "Former"
    SPONSORED = "sponsored", "Sponsored"
    WORKING = "working", "Working title"
    NICKNAME = "nickname", "Nickname"


class CompanyKind(models.TextChoices):
    ORGANISATION = "organisation", "Organisation"
    PERSON = "person", "Person"


class TermRole(models.TextChoices):
    OPERATOR = "operator", "Operator"
    OWNER = "owner", "Owner"


class CreditRole(models.TextChoices):
    MANUFACTURER = "manufacturer", "Manufacturer"
    DESIGNER = "designer", "Designer"
    BUILDER = "builder", "Builder"
    THEMER = "themer", "Theming"
    TRAINS = "trains", "Trains"


class Continuity(models.TextChoices):
    ORIGINAL = "original", "Original site"
    RELOCATED_SAME_TRACK = "relocated_same_track", "Relocated, same track"
    RELOCATED_MODIFIED = "relocated_modified", "Relocated and modified"
    RETRACKED = "retracked", "Retracked"
    REPLICA = "replica", "Replica"


class ExternalSystem(models.TextChoices):
    RCDB = "rcdb", "RCDB number"
    WIKIDATA = "wikidata", "Wikidata item"
    CAPTAIN_COASTER = "captaincoaster", "Captain Coaster number"


class Standing(models.TextChoices):
    OFFICIAL = "official", "Official figure"
    MEASURED = "measured", "Measured"
    ESTIMATED = "estimated", "Estimated"
    DISPUTED = "disputed", "Disputed"
