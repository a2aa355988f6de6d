"""The galleries of parks and rides."""

from django.db import models

from modelcluster.fields import ParentalKey

from core.models import VersionedRow


class GalleryPicture(VersionedRow):
    """A photo in a gallery with the caption it has there."""

    photo = models.ForeignKey(
        "photos.Photo", on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(max_length=300, blank=True)

    class Meta(VersionedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.caption or str(self.photo)


class ParkPicture(GalleryPicture):
    page = ParentalKey("parks.ParkPage", related_name="gallery")


class RidePicture(GalleryPicture):
    page = ParentalKey("parks.RidePage", related_name="gallery")
