"""Parks, rides and what belongs to them. Outsiders import from here."""

from parks.models.areas import ParkArea
from parks.models.company import CompanyIndexPage, CompanyPage
from parks.models.elements import Element, Layout, RideElement
from parks.models.imports import ImportRow, ImportRun
from parks.models.names import CompanyName, ParkName, RideName
from parks.models.park import ParkIndexPage, ParkPage
from parks.models.pictures import ParkPicture, RidePicture
from parks.models.references import (
    CompanySource,
    ParkExternalId,
    ParkSource,
    RideExternalId,
    RideModelSource,
    RideSource,
)
from parks.models.ride import RidePage
from parks.models.ride_model import RideModelIndexPage, RideModelPage
from parks.models.roles import MakerCredit, ParkTerm
from parks.models.seasons import ParkSeason
from parks.models.statuses import ParkStatusPeriod, RideStatusPeriod
from parks.models.stays import RideStay
from parks.models.tracks import RideTrack

__all__ = [
    "CompanyIndexPage",
    "CompanyName",
    "CompanyPage",
    "CompanySource",
    "Element",
    "ImportRow",
    "ImportRun",
    "Layout",
    "MakerCredit",
    "ParkArea",
    "ParkExternalId",
    "ParkIndexPage",
    "ParkName",
    "ParkPage",
    "ParkPicture",
    "ParkSeason",
    "ParkSource",
    "ParkStatusPeriod",
    "ParkTerm",
    "RideElement",
    "RideExternalId",
    "RideModelIndexPage",
    "RideModelPage",
    "RideModelSource",
    "RideName",
    "RidePage",
    "RidePicture",
    "RideSource",
    "RideStatusPeriod",
    "RideStay",
    "RideTrack",
]
