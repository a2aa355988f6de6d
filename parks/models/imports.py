"""What imports did, run by run and row by row. These rows are facts: never edited."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class RunState(models.TextChoices):
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    REHEARSED = "rehearsed", "Rehearsed (dry run)"
    ASIDE = "aside", "On a branch"
    FAILED = "failed", "Failed, nothing imported"


class RowOutcome(models.TextChoices):
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"
    DUPLICATE = "duplicate", "Duplicate"
    REJECTED = "rejected", "Rejected"


class ImportRun(models.Model):
    """One import of one file."""

    wagtail_reference_index_ignore = True  # a log uses nothing

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField("fingerprint", max_length=64)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    counts = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"{self.file_name}, {self.started_at:%Y-%m-%d %H:%M}"


class ImportRow(models.Model):
    """What one row of the file became, and why."""

    wagtail_reference_index_ignore = True

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("row")
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    # A doubtful row is imported all the same, so doubt stands beside the outcome.
    is_suspicious = models.BooleanField("worth a look", default=False)
    ride_name = models.CharField(max_length=200, blank=True)
    park_name = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    ride = models.ForeignKey(
        "parks.RidePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_rows",
    )

    class Meta:
        ordering = ("run", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("run", "number"), name="parks_import_row_once_per_run"
            )
        ]

    def __str__(self) -> str:
        return f"row {self.number}: {self.ride_name}"


class ImportedRide(models.Model):
    """What an import last read for a ride, so that the next one sees what is new.

    A value the file repeats is not news: an edit made in the wiki since then stands.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(
        max_length=300, unique=True, help_text="Name, park and year in the file."
    )
    ride = models.ForeignKey(
        "parks.RidePage", on_delete=models.CASCADE, related_name="imported_as"
    )
    content = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key
