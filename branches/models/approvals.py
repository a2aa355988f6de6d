"""Who has approved a text that needs more than one to do so."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from wagtail.models import TaskState


class Approval(models.Model):
    """One person's approval of one text, in one review of it.

    It counts as long as that review goes on about that text: what is handed in or
    reviewed anew begins without any.
    """

    wagtail_reference_index_ignore = True  # names use nothing

    proposal = models.ForeignKey(
        "branches.Proposal", on_delete=models.CASCADE, related_name="approvals"
    )
    review = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("review", "person"), name="branches_approved_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
