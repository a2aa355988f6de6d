"""The themed areas of a park."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.snippets.models import register_snippet

from core.fields import PartialDateField
from core.models import VersionedSnippet


@register_snippet
class ParkArea(VersionedSnippet):
    """An area of one park. A snippet, because rides of other pages point at it."""

    park = models.ForeignKey(
        "parks.ParkPage", on_delete=models.CASCADE, related_name="areas"
    )
    name = models.CharField(max_length=120)
    opened = PartialDateField(blank=True)
    closed = PartialDateField(blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=("park", "name"),
                name="parks_area_unique_per_park",
                violation_error_message=_("This park already has an area so named."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.park})"
