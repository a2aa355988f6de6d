"""What is said about a proposal, by its author and by those who decide."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sayings import again, as_saying
from core.wording import Words


class NoteKind(models.TextChoices):
    COMMENT = "comment", _("wrote")
    SUBMITTED = "submitted", _("handed it in")
    REVISED = "revised", _("revised it")
    AMENDED = "amended", _("amended it")
    RESOLVED = "resolved", _("settled the conflicts")
    BLOCKED = "blocked", _("found something that has to be mended first")
    CHANGES = "changes", _("asked for changes")
    REJECTED = "rejected", _("rejected it")
    CONFLICT = "conflict", _("found a conflict")
    EXPIRING = "expiring", _("found that nothing happens here")
    EXPIRED = "expired", _("closed it, because nothing happened for 60 days")
    WITHDRAWN = "withdrawn", _("withdrew it")
    APPROVED = "approved", _("approved it; somebody else has to as well")
    MERGED = "merged", _("published it")
    DRAFTED = "drafted", _("took it as a draft")


class ProposalNote(models.Model):
    """One line of the thread below a proposal: an event, with words or without."""

    wagtail_reference_index_ignore = True  # words use nothing

    proposal = models.ForeignKey(
        "branches.Proposal", on_delete=models.CASCADE, related_name="notes"
    )
    kind = models.CharField(max_length=12, choices=NoteKind, default=NoteKind.COMMENT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(blank=True)
    # What people write is theirs. What the wiki says is stored as the code has it, and
    # with what fills its marks (core/sayings.py).
    params = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.author} {self.get_kind_display()}"

    def says(self, words: Words) -> None:
        """Let the wiki say something in memory, which each reads in their language."""
        said = as_saying(words)
        self.text, self.params = said.message, said.stored()

    @property
    def words(self) -> str:
        """What was written, or what the wiki says in the language of the reader."""
        return self.text if self.params is None else again(self.text, self.params)
