"""What was published, by whom and why: the permanent record."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ChangeKind(models.TextChoices):
    PUBLISH = "publish", "Published"
    IMPORT = "import", "Imported"


class ChangeSet(models.Model):
    """One commit: who changed what kind of thing, when, why and from which source."""

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(
        max_length=12, choices=ChangeKind, default=ChangeKind.PUBLISH
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="authored_changes",
    )
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="published_changes",
    )
    reason = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(
        default=timezone.now,
        help_text="Order is by number; a loader may bring dates of long ago.",
    )

    class Meta:
        ordering = ("-number",)
        indexes = [models.Index(fields=("-made_at",), name="history_change_made_at")]

    def __str__(self) -> str:
        return f"change {self.number}"


class PageVersion(models.Model):
    """One published state of one page, numbered 1, 2, 3 … without gaps.

    It survives its page: `object_uuid` is the identity, `page` only a shortcut.
    """

    object_uuid = models.UUIDField()
    seq = models.PositiveIntegerField()
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        related_name="published_versions",
    )
    changeset = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="versions"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )
    payload = models.OneToOneField(
        "reversion.Version", on_delete=models.PROTECT, related_name="page_version"
    )
    title = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes")
    changed_facts = models.JSONField(default=list)

    class Meta:
        ordering = ("-changeset_id",)
        constraints = [
            models.UniqueConstraint(
                fields=("object_uuid", "seq"), name="history_version_seq_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(seq__gte=1), name="history_version_seq_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.seq}"


class ObjectHead(models.Model):
    """The newest version of an object. Whoever publishes locks this row first."""

    object_uuid = models.UUIDField(primary_key=True)
    version = models.ForeignKey(
        PageVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.object_uuid)
