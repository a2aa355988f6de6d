"""One change to many pages: what was asked for, and what became of each of them."""

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.batch_operations import OPERATIONS
from core.sayings import Saying, again, as_saying
from core.wording import Words


class BatchState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    REHEARSED = "rehearsed", _("Tried out")
    MADE = "made", _("On its branch")


class Outcome(models.TextChoices):
    """What becomes of one page."""

    WAITING = "waiting", _("Not looked at yet")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    CONFLICT = "conflict", _("In conflict")
    INVALID = "invalid", _("Not possible")


# What the branch has an item for.
ON_THE_BRANCH = (Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT)

# Operations that take something back; the others are those of the registry.
REVERT = "revert"
ROLLBACK = "rollback"
IMPORT = "import"
TAKING_BACK = (REVERT, ROLLBACK)
OWN_LABELS: dict[str, Words] = {
    REVERT: _("Revert of a batch"),
    ROLLBACK: _("Rollback"),
    IMPORT: _("Import of a file"),
}


class Batch(models.Model):
    """A change to many pages that becomes one branch, with a report row for each.

    Tried out, it has its report and nothing else; only when it is put on its branch
    has anybody else to do with it.
    """

    wagtail_reference_index_ignore = True  # a report uses nothing

    name = models.CharField(max_length=255, help_text="Of its branch.")
    operation = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    # As the code has it, and what fills its marks (core/sayings.py).
    said = models.TextField(blank=True, help_text="The parameters in words.")
    said_params = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=BatchState, default=BatchState.PREPARED
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="batches"
    )
    made_at = models.DateTimeField(default=timezone.now)
    branch = models.OneToOneField(
        "branches.Proposal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="batch",
    )
    job = models.ForeignKey(
        "core.Job",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="That works it out, or did so last.",
    )
    undoes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
    )

    class Meta:
        verbose_name = _("batch change")
        verbose_name_plural = _("batch changes")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("branches_batch", args=[self.pk])

    def is_asked_for(self, words: Words) -> None:
        """Say in memory what was asked for."""
        said = as_saying(words)
        self.said, self.said_params = said.message, said.stored()

    @property
    def words(self) -> Saying:
        """What was asked for, in the language of whoever reads it."""
        return again(self.said, self.said_params)

    @property
    def label(self) -> Words:
        """What is done, in words."""
        known = OPERATIONS.get(self.operation)
        return known.label if known else OWN_LABELS.get(self.operation, "")

    @property
    def is_at_work(self) -> bool:
        """Whether a job is working it out at the moment."""
        return self.job is not None and self.job.is_active


class BatchRowQuerySet(QuerySet["BatchRow"]):
    """Rows by what became of them."""

    def waiting(self) -> "BatchRowQuerySet":
        return self.filter(outcome=Outcome.WAITING)

    def count_by_outcome(self) -> dict[str, int]:
        """How many there are of each, in the order in which they are told."""
        counts = dict(
            self.order_by().values_list("outcome").annotate(models.Count("pk"))
        )
        return {known: counts[known] for known in Outcome.values if known in counts}


class BatchRow(models.Model):
    """One page of a batch, or one line of a file that names none."""

    wagtail_reference_index_ignore = True

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    object_uuid = models.UUIDField(null=True)
    title = models.CharField(_("page"), max_length=255, blank=True)
    values = models.JSONField(default=dict, help_text="What only this page shall say.")
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING
    )
    # As the code has it, and what fills its marks (core/sayings.py).
    message = models.TextField(_("message"), blank=True)
    params = models.JSONField(default=dict)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        ordering = ("batch", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("batch", "number"), name="branches_batch_row_once"
            )
        ]
        indexes = [
            models.Index(fields=("batch", "outcome"), name="branches_batch_outcome")
        ]

    def __str__(self) -> str:
        return f"row {self.number}: {self.title}"

    @property
    def words(self) -> Saying:
        """What is said of it, in the language of whoever reads it."""
        return again(self.message, self.params)

    def becomes(self, outcome: Outcome, words: Words = "") -> None:
        """Say in memory what became of it."""
        said = as_saying(words)
        self.outcome = outcome
        self.message, self.params = said.message, said.stored()
