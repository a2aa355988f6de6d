"""What a track does (elements), and which tracks are the same (layouts)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.snippets.models import register_snippet

from core.models import VersionedRow, VersionedSnippet


@register_snippet
class Element(VersionedSnippet):
    """A named piece of track, such as a vertical loop."""

    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=300, blank=True)
    is_inversion = models.BooleanField(_("turns riders upside down"), default=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


@register_snippet
class Layout(VersionedSnippet):  # type: ignore[django-manager-missing]  # its rides are untyped pages
    """A course several rides share: clones are rides with one layout."""

    name = models.CharField(max_length=120, unique=True)
    model = models.ForeignKey(
        "parks.RideModelPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="layouts",
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class RideElement(VersionedRow):
    """An element in the order riders meet it."""

    page = ParentalKey("parks.RidePage", related_name="elements")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="rides")

    def __str__(self) -> str:
        return str(self.element)
