"""What was deleted, whole, until it is restored or its time is over."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from history.models.changesets import ChangeSet


class Deletion(models.Model):
    """A page that was deleted with all that stood below it.

    The changeset is missing when nothing of it had ever been public: drafts make no
    history, and yet they can be restored.
    """

    changeset = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, null=True, related_name="deletions"
    )
    title = models.CharField(max_length=255)
    address = models.TextField(help_text="The url_path of the page.")
    parent_pk = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(help_text="Itself and those below it.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    deleted_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    restored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-deleted_at", "-pk")
        permissions = [("restore_trash", "Can restore what was deleted")]

    def __str__(self) -> str:
        return f"{self.title} ({self.address})"


class TrashedPage(models.Model):
    """One deleted page as it stood: its row, its newest draft, what hung on it.

    `position` is the order within the deletion, parents first.
    """

    deletion = models.ForeignKey(
        Deletion, on_delete=models.CASCADE, related_name="trashed_pages"
    )
    position = models.PositiveIntegerField()
    object_uuid = models.UUIDField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.PROTECT, related_name="+"
    )
    page_pk = models.PositiveBigIntegerField()
    parent_pk = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255)
    address = models.TextField(help_text="Its url_path.")
    live = models.BooleanField()
    content = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="Its row and the rows inside it."
    )
    draft = models.JSONField(
        encoder=DjangoJSONEncoder,
        null=True,
        help_text="A draft newer than what was live, if there was one.",
    )
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    hanging = models.JSONField(
        encoder=DjangoJSONEncoder,
        default=list,
        help_text="What went with it: areas, redirects, view restrictions …",
    )

    class Meta:
        ordering = ("deletion", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("deletion", "position"), name="history_trash_position_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.address})"
