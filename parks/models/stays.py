"""Where a ride has stood. One ride keeps one page, wherever it goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from core.fields import PartialDateField
from core.models import VersionedRow
from parks.choices import Continuity


class RideStay(VersionedRow):
    """A ride at a park, or on tour with an operator, for a time."""

    page = ParentalKey("parks.RidePage", related_name="stays")
    park = models.ForeignKey(
        "parks.ParkPage",
        on_delete=models.RESTRICT,  # the park may go together with its rides
        null=True,
        blank=True,
        related_name="stays",
    )
    operator = models.ForeignKey(
        "parks.CompanyPage",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="tours",
        help_text=_("For rides that travel: who takes them from fair to fair."),
    )
    area = models.ForeignKey(
        "parks.ParkArea",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stays",
    )
    began = PartialDateField("from", blank=True)
    ended = PartialDateField("until", blank=True)
    continuity = models.CharField(
        max_length=20, choices=Continuity, default=Continuity.ORIGINAL
    )

    class Meta(VersionedRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(park__isnull=False, operator__isnull=True)
                | models.Q(park__isnull=True, operator__isnull=False),
                name="parks_stay_is_at_a_park_or_on_tour",
                violation_error_message=_(
                    "A stay is at a park or with a touring operator: choose one of "
                    "the two."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.park or self.operator)
