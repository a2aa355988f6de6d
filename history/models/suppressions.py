"""Hiding versions, by two persons."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from history.models.versions import PageVersion


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Suppressions by how far they have come. Everything chains."""

    def open(self) -> "SuppressionQuerySet":
        """Asked for, and neither confirmed nor declined."""
        return self.filter(confirmed_at__isnull=True, lifted_at__isnull=True)

    def in_force(self) -> "SuppressionQuerySet":
        """Confirmed and not lifted."""
        return self.filter(confirmed_at__isnull=False, lifted_at__isnull=True)


class Suppression(models.Model):
    """Asked for by one person, in force once another confirmed it.

    It covers versions of one object. What carries the flags are the versions and
    their changesets; this row says who wanted it and why.
    """

    versions: "models.ManyToManyField[PageVersion, HiddenVersion]" = (
        models.ManyToManyField(
            PageVersion, through="history.HiddenVersion", related_name="suppressions"
        )
    )
    hides_text = models.BooleanField(_("the text"), default=True)
    hides_author = models.BooleanField(_("who wrote it"), default=False)
    hides_reason = models.BooleanField(_("the reason and source given"), default=False)
    reason = models.CharField(
        max_length=300, help_text=_("Shown to everyone in place of what is hidden.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    put_aside = models.JSONField(
        default=list,
        help_text="What log entries said, so that lifting can say it again.",
    )

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        permissions = [("see_suppressed", "Can read what is suppressed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="history_suppression_by_two",
            ),
            models.CheckConstraint(
                condition=Q(hides_text=True)
                | Q(hides_author=True)
                | Q(hides_reason=True),
                name="history_suppression_hides_something",
            ),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk}: {self.reason}"

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.lifted_at is None

    @property
    def is_in_force(self) -> bool:
        return self.confirmed_at is not None and self.lifted_at is None

    @property
    def what(self) -> str:
        """The object and the numbers of its versions; asks for them if not there."""
        versions = sorted(self.versions.all(), key=lambda version: version.seq)
        numbers = ", ".join(str(version.seq) for version in versions)
        return (
            gettext("%(title)s, version %(numbers)s")
            % {"title": versions[-1].title, "numbers": numbers}
            if versions
            else ""
        )

    @property
    def hidden_parts(self) -> list[str]:
        """What it hides, in words."""
        parts = {
            "the text": self.hides_text,
            "who wrote it": self.hides_author,
            "the reason and source given": self.hides_reason,
        }
        return [words for words, is_hidden in parts.items() if is_hidden]


class HiddenVersion(models.Model):
    """One version a suppression covers."""

    suppression = models.ForeignKey(
        Suppression, on_delete=models.CASCADE, related_name="hidden_versions"
    )
    version = models.ForeignKey(
        PageVersion, on_delete=models.PROTECT, related_name="hidings"
    )
    # Only the text of a page holds its title again; that of a snippet is made up.
    title = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("suppression", "version"), name="history_hidden_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.version)
