"""Texts that were not saved because somebody else had been faster."""

from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=30)


class Purpose(models.TextChoices):
    """What a text was to be saved for."""

    DRAFT = "draft", "draft"
    PUBLISH = "publish", "publish"
    SUBMIT = "submit", "submit for review"


class RefusedText(models.Model):
    """Holds the CMS revision with a refused text until its author had time to look.

    It is not the newest draft, so nothing else would keep it from being pruned.
    """

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="+"
    )
    refused_at = models.DateTimeField(default=timezone.now, db_index=True)
    purpose = models.CharField(
        max_length=8, choices=Purpose.choices, default=Purpose.PUBLISH
    )
    # The facts of the draft its form was opened with; null where nobody told.
    began = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    def __str__(self) -> str:
        return str(self.revision)
