"""Periods of a life: announced, operating, closed."""

from django.db import models

from modelcluster.fields import ParentalKey

from core.fields import PartialDateField
from core.models import VersionedRow
from parks.choices import ParkStatus, RideStatus


class StatusPeriod(VersionedRow):
    """A status from one date to another; without an end it lasts until the next."""

    status: models.CharField
    began = PartialDateField("from", blank=True)
    ended = PartialDateField("until", blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(VersionedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.get_status_display())  # type: ignore[attr-defined]  # Django


class ParkStatusPeriod(StatusPeriod):
    page = ParentalKey("parks.ParkPage", related_name="status_periods")
    status = models.CharField(max_length=20, choices=ParkStatus)


class RideStatusPeriod(StatusPeriod):
    page = ParentalKey("parks.RidePage", related_name="status_periods")
    status = models.CharField(max_length=20, choices=RideStatus)
