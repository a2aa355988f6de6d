"""Hiding a version, by two persons."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from history.models.versions import PageVersion


class Suppression(models.Model):
    """Asked for by one person, in force once another confirmed it."""

    version = models.ForeignKey(
        PageVersion, on_delete=models.PROTECT, related_name="suppressions"
    )
    hides_text = models.BooleanField("the text", default=True)
    hides_author = models.BooleanField("who wrote it", default=False)
    hides_reason = models.BooleanField("the reason and source given", default=False)
    reason = models.CharField(
        max_length=300, help_text="Shown to everyone in place of what is hidden."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        permissions = [("see_suppressed", "Can read what is suppressed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="history_suppression_by_two",
            ),
            models.CheckConstraint(
                condition=Q(hides_text=True)
                | Q(hides_author=True)
                | Q(hides_reason=True),
                name="history_suppression_hides_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} suppressed: {self.reason}"
