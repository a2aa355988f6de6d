"""Who else has a hand in what a proposal says."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Coauthor(models.Model):
    """Somebody who changed a fact of a suggestion of another person.

    They are named with the change it becomes, and cannot approve it.
    """

    wagtail_reference_index_ignore = True  # names use nothing

    proposal = models.ForeignKey(
        "branches.Proposal", on_delete=models.CASCADE, related_name="coauthors"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("proposal", "person"), name="branches_coauthor_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
