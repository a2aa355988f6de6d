"""What machines found in a text that was handed in, and what they look for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Revision

from core.sayings import Saying, again

# The check that asks what a merge asks too.
RULES = "rules"


class CheckLevel(models.TextChoices):
    BLOCK = "block", _("Has to be mended")
    UNKNOWN = "unknown", _("Could not be checked")
    WARN = "warn", _("Look at this")
    INFO = "info", _("Good to know")


class CheckResult(models.Model):
    """One remark of one check about one text; a check without remarks has no row.

    The words are stored as they are written in the code, with what stands in for
    their marks, so that everybody reads them in their own language.
    """

    wagtail_reference_index_ignore = True  # remarks use nothing

    proposal = models.ForeignKey(
        "branches.Proposal", on_delete=models.CASCADE, related_name="check_results"
    )
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    check_name = models.CharField(max_length=40)
    check_version = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, choices=CheckLevel)
    message = models.TextField()
    params = models.JSONField(default=dict)
    object_uuid = models.UUIDField(null=True, blank=True)
    fact = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=("proposal", "revision"), name="branches_remarks")
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.words}"

    @classmethod
    def of(cls, proposal: Any, said: Saying, **found: Any) -> "CheckResult":
        """A remark about the newest text of a proposal, not saved."""
        return cls(
            proposal=proposal,
            revision_id=proposal.latest_revision_id,
            message=said.message,
            params=said.stored(),
            **found,
        )

    @property
    def words(self) -> str:
        """What it says, in the language of whoever reads it."""
        return again(self.message, self.params)


class BannedPattern(models.Model):
    """Words that stop a suggestion; a star stands for any letters of a word."""

    pattern = models.CharField(
        _("words"),
        max_length=100,
        unique=True,
        help_text=_(
            "Upper and lower case make no difference. A star stands for any letters: "
            "“casino*” also finds “casinos”."
        ),
    )
    note = models.CharField(
        _("why"),
        max_length=200,
        blank=True,
        help_text=_("Said to whoever wrote it."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("banned words")
        verbose_name_plural = _("banned words")
        ordering = ("pattern",)

    def __str__(self) -> str:
        return self.pattern

    def clean(self) -> None:
        self.pattern = " ".join(self.pattern.split())
        if not any(letter.isalnum() for letter in self.pattern):
            raise ValidationError({"pattern": _("Name at least one letter or digit.")})
