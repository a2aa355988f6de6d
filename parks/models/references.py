"""Where facts come from and what other collections call the same thing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from core.fields import PartialDateField
from core.models import VersionedRow
from parks.choices import ExternalSystem, Standing


class SourceRecord(VersionedRow):
    """A source for some facts of a page, or for the page as a whole."""

    title = models.CharField(max_length=250)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published = PartialDateField(blank=True)
    accessed_on = models.DateField(_("looked up on"), null=True, blank=True)
    facts = models.CharField(
        _("facts it supports"),
        max_length=300,
        blank=True,
        help_text=_("Separated by commas, such as “height, opened”. Empty: the page."),
    )
    standing = models.CharField(max_length=10, choices=Standing, blank=True)

    # Columns that list facts of the page by name; readers are shown their labels.
    names_facts = ("facts",)

    class Meta(VersionedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title


class ParkSource(SourceRecord):
    page = ParentalKey("parks.ParkPage", related_name="sources")


class RideSource(SourceRecord):
    page = ParentalKey("parks.RidePage", related_name="sources")


class CompanySource(SourceRecord):
    page = ParentalKey("parks.CompanyPage", related_name="sources")


class RideModelSource(SourceRecord):
    page = ParentalKey("parks.RideModelPage", related_name="sources")


class ExternalId(VersionedRow):
    """The number of a park or ride in another collection."""

    system = models.CharField(max_length=16, choices=ExternalSystem)
    value = models.CharField(max_length=40)

    class Meta(VersionedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.value}"


class ParkExternalId(ExternalId):
    page = ParentalKey("parks.ParkPage", related_name="external_ids")

    class Meta(ExternalId.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=("system", "value"),
                name="parks_park_external_id_unique",
                violation_error_message=_("Another park already carries this number."),
            )
        ]


class RideExternalId(ExternalId):
    page = ParentalKey("parks.RidePage", related_name="external_ids")

    class Meta(ExternalId.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=("system", "value"),
                name="parks_ride_external_id_unique",
                violation_error_message=_("Another ride already carries this number."),
            )
        ]
