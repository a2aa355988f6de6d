"""A new photo gets its sizes made before anybody looks."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from core.doorbell import broker
from photos.models import Photo
from photos.tasks import prepare_renditions


@receiver(post_save, sender=Photo)
def prepare_sizes(instance: Photo, created: bool, raw: bool, **kwargs: Any) -> None:
    if created and not raw:
        # Sizes nobody made are made for the first visitor.
        transaction.on_commit(
            lambda: broker.send(prepare_renditions, photo_id=instance.pk)
        )
