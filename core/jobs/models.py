"""One piece of long work, and how far it has come."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.jobs.kinds import KINDS
from core.wording import Words


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


ACTIVE = (JobState.QUEUED, JobState.RUNNING)
_ENDINGS: dict[str, Words] = {
    JobState.CANCELLED: _("It was cancelled. What was done stays done."),
    JobState.FAILED: _(
        "It was broken off by an error. What was done stays done. Administrators find "
        "the reason in the list of jobs."
    ),
}


class Job(models.Model):
    """The truth about a piece of work; the broker only rings the bell.

    Whoever works on it holds a lease and renews it as he goes. Work whose lease ran
    out was broken off: anybody may take it up again. All its times are the
    database's, so that the clocks of the workers do not matter.
    """

    wagtail_reference_index_ignore = True  # a log uses nothing

    kind = models.CharField(max_length=40)
    slot = models.CharField(
        max_length=40, help_text="Of the jobs with one slot only one is active."
    )
    occasion = models.CharField(
        max_length=80,
        blank=True,
        help_text="What it was started for, so that two clocks start it once.",
    )
    options = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=JobState, default=JobState.QUEUED, db_index=True
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    report = models.JSONField(default=dict)

    holder = models.CharField(
        max_length=120, blank=True, help_text="Host, process and a token of the lease."
    )
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField("last sign of life", null=True)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="Times it was taken up since it last came forward."
    )
    cancel_requested = models.BooleanField(default=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        permissions = [("run_job", "Can start and cancel jobs")]
        constraints = [
            models.UniqueConstraint(
                fields=("slot",),
                condition=Q(state__in=ACTIVE),
                name="core_job_one_active_in_slot",
            ),
            models.UniqueConstraint(
                fields=("occasion",),
                condition=~Q(occasion=""),
                name="core_job_one_for_occasion",
            ),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}: {self.label}"

    @property
    def label(self) -> str:
        """What is done, in words."""
        kind = KINDS.get(self.kind)
        name = kind.label if kind else self.kind
        return f"{name} (dry run)" if self.options.get("dry_run") else name

    @property
    def ending(self) -> Words:
        """How it ended if it was not done, for those it was done for.

        What it says of itself is for operators, in one language.
        """
        return _ENDINGS.get(self.state, "")

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def option(self, name: str, default: Any = None) -> Any:
        """What the job was asked for, by name."""
        return self.options.get(name, default)
