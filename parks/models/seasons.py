"""When a park opens in a year. Winter breaks are seasons, never statuses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from core.models import VersionedRow


class ParkSeason(VersionedRow):
    """One season of one year, such as "Halloween 2026"."""

    page = ParentalKey("parks.ParkPage", related_name="seasons")
    year = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60, blank=True)
    opens_on = models.DateField("opens", null=True, blank=True)
    closes_on = models.DateField("closes", null=True, blank=True)

    class Meta(VersionedRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("page", "year", "label"),
                name="parks_season_unique_per_year_and_label",
                violation_error_message=_("This year already has a season so named."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="parks_season_closes_after_it_opens",
                violation_error_message=_("A season cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.year}".strip()
