"""The commit: who changed what kind of thing, when, why and from which source."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    PUBLISH = "publish", _("Published")
    IMPORT = "import", _("Imported")
    UNPUBLISH = "unpublish", _("Unpublished")
    MOVE = "move", _("Moved")
    COPY = "copy", _("Copied")
    REVERT = "revert", _("Reverted")
    MERGE = "merge", _("Suggested")
    DELETE = "delete", _("Deleted")
    RESTORE = "restore", _("Restored")


class ChangeSet(models.Model):
    """One commit, with at least one version.

    Nothing in it is ever rewritten, but for the two flags that hide and the seal,
    which is written once.
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(
        max_length=12, choices=ChangeKind, default=ChangeKind.PUBLISH
    )
    # Accounts that signed a change are emptied on request, never deleted.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="authored_changes",
        help_text=_("Who wrote it."),
    )
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="published_changes",
        help_text=_("Who published it; the reviewer, when somebody else wrote it."),
    )
    reason = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(
        default=timezone.now,
        help_text="Order is by number; a loader may bring dates of long ago.",
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    duration_ms = models.PositiveIntegerField(
        null=True, help_text="From the start of the transaction to the record."
    )
    log_uuid = models.UUIDField(
        null=True, help_text="Shared with the log entries of the same action."
    )
    undoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    author_hidden = models.BooleanField(default=False)
    reason_hidden = models.BooleanField(default=False)

    # The hash chain: see history/chain.py.
    digest = models.CharField(max_length=64, blank=True)
    position = models.PositiveBigIntegerField(null=True, unique=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-number",)
        indexes = [
            models.Index(fields=("-made_at",), name="history_change_made_at"),
            models.Index(fields=("author", "-number"), name="history_change_author"),
            models.Index(fields=("kind", "-number"), name="history_change_kind"),
        ]

    def __str__(self) -> str:
        return f"change {self.number}"


class ChainEnd(models.Model):
    """The end of the hash chain, one row. Whoever seals a changeset locks it first."""

    position = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"sealed up to {self.position}"


class OutboxEntry(models.Model):
    """Work that follows a changeset, written down in the changeset's transaction.

    The broker only rings the bell; what is still here is done later by the sweeper.
    """

    changeset = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="outbox"
    )
    topic = models.CharField(max_length=40)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "outbox entries"
        constraints = [
            models.UniqueConstraint(
                fields=("changeset", "topic"), name="history_outbox_once"
            )
        ]
        indexes = [
            models.Index(
                fields=("due_at",),
                name="history_outbox_waiting",
                condition=models.Q(done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} after {self.changeset}"
