"""A proposal: changes to one page or many that are not in force yet."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from branches.signals import approved
from branches.states import OPEN, UNSETTLED, ProposalState, UnknownStep, may_follow
from history.content import canonical_text, fingerprint

# Of an item, what says what would be done besides its content.
_IN_FORCE = ("object_uuid", "operation", "base", "place_uuid")
_WORDS = ("title", "reason", "source")


# In one language: they are part of names that logs keep.
class ProposalKind(models.TextChoices):
    SUGGESTION = "suggestion", "Suggestion"
    BRANCH = "branch", "Branch"
    RELEASE = "release", "Release"


class ProposalQuerySet(QuerySet["Proposal"]):
    """Proposals by what somebody looks for."""

    def open(self) -> "ProposalQuerySet":
        """Handed in and not settled yet."""
        return self.filter(state__in=OPEN)

    def unsettled(self) -> "ProposalQuerySet":
        """Open ones and drafts."""
        return self.filter(state__in=UNSETTLED)

    def by(self, user: Any) -> "ProposalQuerySet":
        return self.filter(author=user)

    def about(self, uuid: Any) -> "ProposalQuerySet":
        """Those that would change this object."""
        return self.filter(items__object_uuid=uuid)

    def suggestions(self) -> "ProposalQuerySet":
        return self.filter(kind=ProposalKind.SUGGESTION)

    def branches(self) -> "ProposalQuerySet":
        """Work on many pages, releases included."""
        return self.exclude(kind=ProposalKind.SUGGESTION)

    def begun_in(self, form_key: str, *, by: Any) -> "Proposal | None":
        """What a form of a person has become, if it was sent before."""
        return self.by(by).filter(form_key=form_key).first() if form_key else None

    def held(self, pk: Any) -> "Proposal":
        """One as it is now, held until the end of the transaction."""
        return self.select_for_update(no_key=True).get(pk=pk)

    def oldest_first(self) -> "ProposalQuerySet":
        return self.order_by("submitted_at", "pk")


class Proposal(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel
):
    """Changes that wait. Nothing of it lives in the revisions of a page.

    Each text that is handed in is a revision of the proposal, and Wagtail's workflow
    is about that revision: approving it publishes the proposal, which is the merge.
    `live` says that this has happened.
    """

    wagtail_reference_index_ignore = True  # what waits uses nothing

    kind = models.CharField(
        max_length=12, choices=ProposalKind, default=ProposalKind.SUGGESTION
    )
    title = models.CharField(max_length=255)
    reason = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=20, choices=ProposalState, default=ProposalState.DRAFT
    )
    # Accounts that signed something are emptied on request, never deleted.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals"
    )
    content_hash = models.CharField(
        max_length=64, blank=True, help_text="Of all that an approval brings in force."
    )
    merges_whole = models.BooleanField(
        default=True,
        help_text="All or nothing; otherwise by the hundred, each of them whole.",
    )
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="When it shall go live, once it is approved."
    )
    # In their name it is published when nobody is there to do it.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    rehearsed_at = models.DateTimeField(
        null=True, blank=True, help_text="When its scheduled merge was last tried out."
    )
    share_key = models.CharField(
        max_length=32,
        blank=True,
        help_text="Part of every link to look at it; a new one ends the old links.",
    )
    form_key = models.CharField(
        max_length=32,
        blank=True,
        help_text="Of the form it was begun in, which makes one suggestion at most.",
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changeset = models.OneToOneField(
        "history.ChangeSet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        help_text="The change it became.",
    )

    is_draft_only = models.BooleanField(
        default=False, help_text="It became drafts of pages that are not public."
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-pk",)
        permissions = [("review_proposal", "Can decide about suggestions of others")]
        indexes = [
            models.Index(fields=("state", "submitted_at"), name="branches_by_state"),
            models.Index(fields=("author", "state"), name="branches_by_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("merged", "reverted"), changeset__isnull=False)
                | Q(state="merged", is_draft_only=True, changeset__isnull=True)
                | (~Q(state__in=("merged", "reverted")) & Q(changeset__isnull=True)),
                name="branches_merged_with_its_change",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ProposalState]),
                name="branches_known_state",
            ),
            models.UniqueConstraint(
                fields=("title",),
                condition=Q(
                    kind__in=("branch", "release"),
                    state__in=sorted(state.value for state in UNSETTLED),
                ),
                name="branches_name_once",
            ),
            models.UniqueConstraint(
                fields=("author", "form_key"),
                condition=~Q(form_key=""),
                name="branches_once_of_each_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_branch(self) -> bool:
        """Whether it is work on many pages, by more than one person perhaps."""
        return self.kind != ProposalKind.SUGGESTION

    def is_by(self, user: Any) -> bool:
        """Whether this person wrote it, on any object of it, or changed its facts."""
        if user.pk is None:
            return False
        return (
            user.pk == self.author_id
            or self.items.filter(author=user).exists()
            or self.coauthors.filter(person=user).exists()
        )

    def get_absolute_url(self) -> str:
        name = "branch" if self.is_branch else "show"
        return reverse(f"branches:{name}", args=[self.pk])

    def step_to(self, state: ProposalState) -> None:
        """Change the state in memory. Raises UnknownStep where no way leads there."""
        if not may_follow(self.state, state):
            raise UnknownStep(f"{self.state} → {state}")
        self.state = state
        self.changed_at = timezone.now()
        if state not in UNSETTLED:
            self.closed_at = self.changed_at

    def hash_of_content(self) -> str:
        """What `content_hash` has to be for the items in memory."""
        return hash_of(self.serializable_data())

    def hash_of_rows(self) -> str:
        """The same for a branch whose items are stored, without reading their texts."""
        rows = self._meta.get_field("items").related_model._base_manager.filter(
            proposal=self.pk
        )
        words = {name: getattr(self, name) for name in _WORDS}
        return hash_of(
            {**words, "items": list(rows.values(*_IN_FORCE, "content_hash"))}
        )

    def serializable_data(self) -> dict[str, Any]:
        """Of a branch without the texts themselves: their hashes stand for them."""
        data = super().serializable_data() or {}
        if self.is_branch:
            data["items"] = [
                {name: value for name, value in item.items() if name != "content"}
                for item in data.get("items") or []
            ]
        return data

    def publish(self, revision: Any, user: Any = None, **how: Any) -> None:
        """Bring it into the wiki: what Wagtail calls at the end of a workflow.

        Raises what the merge is refused with (branches/merging).
        """
        approved.send(sender=type(self), proposal=self, revision=revision, by=user)


def hash_of(content: dict[str, Any]) -> str:
    """sha256 of what the stored content of a proposal would bring into force."""
    items = [
        {name: item[name] for name in (*_IN_FORCE, _text_in(item))}
        for item in sorted(
            content.get("items") or [], key=lambda item: str(item["object_uuid"])
        )
    ]
    words = {name: content.get(name) for name in _WORDS}
    return fingerprint(canonical_text({**words, "items": items}))


def _text_in(item: dict[str, Any]) -> str:
    return "content" if "content" in item else "content_hash"
