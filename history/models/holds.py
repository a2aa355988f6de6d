"""Versions somebody wants kept where they are, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from history.models.versions import PageVersion


class VersionHoldQuerySet(models.QuerySet["VersionHold"]):
    """Holds by whether they still count. Everything chains."""

    def in_force(self) -> "VersionHoldQuerySet":
        """Placed and not released."""
        return self.filter(released_at__isnull=True)


class VersionHold(models.Model):
    """A version that has to stay in the database, and why.

    A released hold stays as a row: who held what, and for what reason, is asked for
    years later.
    """

    version = models.ForeignKey(
        PageVersion, on_delete=models.PROTECT, related_name="holds"
    )
    reason = models.CharField(max_length=200)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=200, blank=True)

    objects = VersionHoldQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("version",),
                condition=Q(released_at__isnull=True),
                name="history_held_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} held: {self.reason}"

    @property
    def is_in_force(self) -> bool:
        return self.released_at is None
