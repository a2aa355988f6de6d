"""Work on pictures that no visitor should wait for."""

from celery import shared_task

from photos.likeness import keep_likeness
from photos.models import Photo
from photos.sizes import STANDARD_SPECS


@shared_task
def prepare_renditions(*, photo_id: int, **extras: object) -> None:
    """Make the sizes every page asks for. Does nothing for a photo that is gone."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is not None:
        keep_likeness(photo)
        photo.get_renditions(*STANDARD_SPECS)
