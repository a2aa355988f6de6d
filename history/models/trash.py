"""What was deleted, whole, until it is restored or its time is over."""

from django.conf import settings
from django.db import models

from history.models.changesets import ChangeSet


class TrashedPage(models.Model):
    """One deleted page as it stood: live content and newest draft.

    A subtree is one changeset with one row for each page; `position` is its order,
    parents first.
    """

    changeset = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="trashed_pages"
    )
    position = models.PositiveIntegerField()
    object_uuid = models.UUIDField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.PROTECT, related_name="+"
    )
    page_pk = models.PositiveBigIntegerField()
    parent_pk = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255)
    address = models.TextField()
    live = models.BooleanField()
    content = models.JSONField(help_text="The live page, serialised whole.")
    draft = models.JSONField(null=True, help_text="A newer draft, if there was one.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    restored_by = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("changeset", "position")
        permissions = [("restore_trash", "Can restore what was deleted")]
        constraints = [
            models.UniqueConstraint(
                fields=("changeset", "position"), name="history_trash_position_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.address})"
