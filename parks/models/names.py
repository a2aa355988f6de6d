"""What things have been called, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from core.fields import PartialDateField
from core.models import VersionedRow
from parks.choices import NameKind
from parks.rules.names import LONGEST_NAME


class NameRecord(VersionedRow):
    """One name in one period. The official name without an end is the current one."""

    text = models.CharField("name", max_length=LONGEST_NAME)
    kind = models.CharField(max_length=10, choices=NameKind, default=NameKind.OFFICIAL)
    language = models.CharField(
        max_length=35, blank=True, help_text=_("BCP 47, such as “ja” or “zh-Hant”.")
    )
    script = models.CharField(
        max_length=4, blank=True, help_text=_("ISO 15924, such as “Latn” or “Jpan”.")
    )
    began = PartialDateField(_("used from"), blank=True)
    ended = PartialDateField(_("used until"), blank=True)

    class Meta(VersionedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text

    @property
    def is_current_official(self) -> bool:
        return self.kind == NameKind.OFFICIAL and self.ended is None


class ParkName(NameRecord):
    page = ParentalKey("parks.ParkPage", related_name="names")


class RideName(NameRecord):
    page = ParentalKey("parks.RidePage", related_name="names")


class CompanyName(NameRecord):
    page = ParentalKey("parks.CompanyPage", related_name="names")
