"""What a changeset made of each object: the versions, and where their text is kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from history.models.changesets import ChangeSet


class Operation(models.TextChoices):
    """What happened to one object. The first version of an object is a creation."""

    CREATE = "create", _("Created")
    EDIT = "edit", _("Edited")
    REPUBLISH = "republish", _("Published again")
    UNPUBLISH = "unpublish", _("Unpublished")
    MOVE = "move", _("Moved")
    DELETE = "delete", _("Deleted")
    RESTORE = "restore", _("Restored")


class PageVersion(models.Model):
    """One published state of one object, numbered 1, 2, 3 … without gaps.

    Objects are pages and the snippets that carry facts. A version survives its
    object: `object_uuid` is the identity, `page` only a shortcut while the page is
    there. Its text is read through history/reading.py, never from here: it lies
    either in `payload` (hot) or in `bundle` (cold).
    """

    object_uuid = models.UUIDField()
    seq = models.PositiveIntegerField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.PROTECT, related_name="+"
    )
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
    operation = models.CharField(max_length=12, choices=Operation)
    title = models.CharField(max_length=255)

    # Where the object stood, and whether visitors saw it. Not part of the content.
    live = models.BooleanField(default=True)
    place_uuid = models.UUIDField(null=True, help_text="The object it stood under.")
    address = models.TextField(blank=True, help_text="Its url_path.")

    sha256 = models.CharField(max_length=64, help_text="Of the canonical content.")
    size = models.PositiveIntegerField("bytes")
    growth = models.IntegerField(
        default=0, help_text="Bytes more than the version before."
    )
    changed_facts = models.JSONField(default=list)
    revision_pk = models.PositiveBigIntegerField(
        null=True,
        db_index=True,
        help_text="The CMS revision that was published; it may be pruned since.",
    )
    text_hidden = models.BooleanField(default=False)

    payload = models.OneToOneField(
        "reversion.Version",
        on_delete=models.PROTECT,
        null=True,
        related_name="page_version",
    )
    bundle = models.ForeignKey(
        "history.ArchiveBundle",
        on_delete=models.PROTECT,
        null=True,
        related_name="versions",
    )
    bundle_entry = models.PositiveIntegerField(
        null=True, help_text="Its number within the bundle, from 0."
    )

    class Meta:
        ordering = ("-changeset_id",)
        constraints = [
            models.UniqueConstraint(
                fields=("object_uuid", "seq"), name="history_version_seq_unique"
            ),
            models.CheckConstraint(
                condition=Q(seq__gte=1), name="history_version_seq_from_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    payload__isnull=False,
                    bundle__isnull=True,
                    bundle_entry__isnull=True,
                )
                | Q(
                    payload__isnull=True,
                    bundle__isnull=False,
                    bundle_entry__isnull=False,
                ),
                name="history_version_hot_or_cold",
            ),
            models.UniqueConstraint(
                fields=("bundle", "bundle_entry"), name="history_version_cold_place"
            ),
        ]
        indexes = [
            models.Index(
                fields=("place_uuid", "changeset"), name="history_version_place"
            )
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


class FactChange(models.Model):
    """One fact one version changed: the index behind blame and the field filter.

    `path` is "city", "tracks/<row uuid>/height" or "body/<block id>"; a row added or
    removed is "tracks/<row uuid>", an order changed "tracks". The first version of an
    object has none: what no later version changed was set there.
    """

    version = models.ForeignKey(
        PageVersion, on_delete=models.CASCADE, related_name="fact_changes"
    )
    object_uuid = models.UUIDField()
    fact = models.CharField(max_length=64)
    path = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(
                fields=("object_uuid", "path", "-version"), name="history_fact_path"
            ),
            models.Index(
                fields=("object_uuid", "fact", "-version"), name="history_fact_name"
            ),
        ]

    def __str__(self) -> str:
        return self.path
