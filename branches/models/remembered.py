"""What somebody chose where two changes disagreed."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class RememberedChoice(models.Model):
    """The last choice of a person about one conflict, wherever they met it.

    The hash is that of the object, the place in it and all three values; the choice is
    a side, or a value of the person's own. Nobody else is shown it.
    """

    wagtail_reference_index_ignore = True  # choices use nothing

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    conflict_hash = models.CharField(max_length=64)
    choice = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("person", "conflict_hash"), name="branches_remembered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.conflict_hash[:8]}"
