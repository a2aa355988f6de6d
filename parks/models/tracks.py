"""The statistics of a ride, one row per track."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from core.fields import MeasureField
from core.measures import Dimension
from core.models import VersionedRow


def _between(low: float, high: float) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


def _si_range(field: str, low: float, high: float) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}_si__isnull": True})
        | models.Q(
            **{
                f"{field}_si__gte": Decimal(str(low)),
                f"{field}_si__lte": Decimal(str(high)),
            }
        ),
        name=f"parks_track_{field}_in_range",
    )


class RideTrack(VersionedRow):
    """One track. Measures keep the unit of their source; `<name>_si` is metric."""

    page = ParentalKey("parks.RidePage", related_name="tracks")
    name = models.CharField(
        max_length=80, blank=True, help_text=_("Only for rides with several tracks.")
    )
    height = MeasureField(
        dimension=Dimension.LENGTH, minimum="0.3", maximum="300", blank=True
    )
    drop = MeasureField(
        dimension=Dimension.LENGTH, minimum="0", maximum="300", blank=True
    )
    length = MeasureField(
        dimension=Dimension.LENGTH, minimum="1", maximum="8000", blank=True
    )
    speed = MeasureField(
        dimension=Dimension.SPEED, minimum="1", maximum="350", blank=True
    )
    inversions = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_between(0, 25)
    )
    duration_s = models.PositiveIntegerField(
        _("duration (seconds)"), null=True, blank=True, validators=_between(5, 3600)
    )
    max_angle = models.DecimalField(
        _("steepest angle (°)"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=_between(0, 180),
    )
    g_force = models.DecimalField(
        _("greatest g-force"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=_between(-3, 15),
    )
    capacity_per_hour = models.PositiveIntegerField(
        _("riders per hour"), null=True, blank=True, validators=_between(1, 10_000)
    )
    trains = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_between(1, 30)
    )
    cars_per_train = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_between(1, 40)
    )
    rows_per_car = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_between(1, 20)
    )
    seats_per_row = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_between(1, 20)
    )
    rider_height_min = MeasureField(
        _("smallest rider"),
        dimension=Dimension.LENGTH,
        minimum="0",
        maximum="2.5",
        blank=True,
    )
    rider_height_max = MeasureField(
        _("tallest rider"),
        dimension=Dimension.LENGTH,
        minimum="0",
        maximum="2.5",
        blank=True,
    )

    class Meta(VersionedRow.Meta):
        constraints = [
            _si_range("height", 0.3, 300),
            _si_range("drop", 0, 300),
            _si_range("length", 1, 8000),
            _si_range("speed", 1, 350),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Track")

    @property
    def duration(self) -> str:
        """Minutes and seconds as m:ss, empty when not known."""
        if self.duration_s is None:
            return ""
        return f"{self.duration_s // 60}:{self.duration_s % 60:02d}"
