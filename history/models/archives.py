"""Files that hold old versions."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class ArchiveBundle(models.Model):
    """One file in the `archive` storage. Written once, checked, never rewritten."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    layout = models.CharField(max_length=20, help_text="Which format the file is in.")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("bytes")
    raw_size = models.PositiveBigIntegerField("bytes unpacked")
    entries = models.PositiveIntegerField("versions")
    made_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name

    def times_smaller(self) -> str:
        """How many times smaller it is than the texts in it."""
        return f"{self.raw_size / self.size:.0f} ×"
