"""Pictures with what the law and the reader want to know about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from core.fields import PartialDateField


class LicenceType(DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A licence a photo can be published under."""

    name = models.CharField(max_length=80, unique=True)
    code = models.SlugField(max_length=40, unique=True)
    url = models.URLField(_("licence text"), blank=True)
    needs_credit = models.BooleanField(_("the author must be named"), default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Photo(AbstractImage):
    """A picture. Its file is re-encoded on upload, so no camera data survives."""

    credit = models.CharField(max_length=200, blank=True)
    licence = models.ForeignKey(
        LicenceType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken = PartialDateField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    likeness = models.CharField(
        max_length=16,
        blank=True,
        editable=False,
        help_text="What it looks like, in bits; empty until it was looked at.",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "taken",
        "place",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("credit"),
        index.SearchField("place"),
    ]


class PhotoRendition(AbstractRendition):
    """One size and format of a photo, made on demand."""

    image = models.ForeignKey(
        Photo, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="photos_rendition_unique",
            )
        ]


register_snippet(LicenceType)
