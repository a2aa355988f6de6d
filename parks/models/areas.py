"""The themed areas of a park."""

from uuid import uuid4

from django.db import models

from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin
from wagtail.snippets.models import register_snippet

from core.fields import PartialDateField


@register_snippet
class ParkArea(DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """An area of one park. A snippet, because rides of other pages point at it."""

    uuid = models.UUIDField(default=uuid4, editable=False, unique=True)
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
                violation_error_message="This park already has an area so named.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.park})"
