"""Texts that were not published because somebody else had been faster."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=30)


class RefusedText(models.Model):
    """Holds the CMS revision with a refused text until its author had time to look.

    It is not the newest draft, so nothing else would keep it from being pruned.
    """

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="+"
    )
    refused_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return str(self.revision)
