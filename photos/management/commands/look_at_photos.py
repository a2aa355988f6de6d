"""Looks at photos that were there before anybody compared them."""

from typing import Any

from django.core.management.base import BaseCommand

from photos.likeness import keep_likeness
from photos.models import Photo


class Command(BaseCommand):
    help = "Store what each photo looks like, for those where it is not known yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through them; a file that is not there is named and left out."""
        looked_at = 0
        for photo in Photo.objects.filter(likeness="").iterator(chunk_size=200):
            try:
                keep_likeness(photo)
            except OSError as problem:
                self.stderr.write(f"{photo}: {problem}")
                continue
            looked_at += 1
        self.stdout.write(f"Looked at {looked_at:,} photos.")
