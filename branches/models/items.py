"""What a proposal would do to one object."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data

from core.sayings import Saying, again, as_saying
from core.wording import Words
from history.content import canonical_text, fingerprint
from history.models import ObjectHead, Operation


class ItemOperation(models.TextChoices):
    EDIT = "edit", _("Edit")
    CREATE = "create", _("Add")
    MOVE = "move", _("Move")
    RENAME = "rename", _("Rename")
    UNPUBLISH = "unpublish", _("Unpublish")
    DELETE = "delete", _("Delete")


TEXT_ONLY = (ItemOperation.EDIT, ItemOperation.RENAME)
WITH_TEXT = (*TEXT_ONLY, ItemOperation.MOVE)


class ProposalItemQuerySet(QuerySet["ProposalItem"]):
    """Items by what became of them."""

    def of_hidden_pages(self) -> "ProposalItemQuerySet":
        """Those whose text would become a draft, because the page is not public."""
        heads = ObjectHead.objects.filter(
            object_uuid=OuterRef("object_uuid"), version__live=False
        ).exclude(version__operation=Operation.DELETE)
        return self.filter(Exists(heads), operation__in=WITH_TEXT)

    def left_behind(self) -> "ProposalItemQuerySet":
        """Those whose object has a newer version than they begin from.

        Nobody else's changes can be in conflict with the others.
        """
        newest = ObjectHead.objects.filter(
            object_uuid=OuterRef("object_uuid"), version=OuterRef("base")
        )
        return self.filter(~Exists(newest), base__isnull=False)

    def waiting(self) -> "ProposalItemQuerySet":
        """Neither brought in nor left out yet."""
        return self.filter(merged_in=None, kept_as_draft=False, problem="")

    def came_in(self) -> "ProposalItemQuerySet":
        """Those whose change is in the history; of a draft that is where it stands."""
        return self.filter(Q(kept_as_draft=False) | Q(operation=ItemOperation.MOVE))

    def settled(self) -> "ProposalItemQuerySet":
        return self.exclude(merged_in=None, kept_as_draft=False, problem="")


class ProposalItem(models.Model):
    """One object in a proposal: what its author began from, and what it shall say.

    `content` is canonical content as in history, without what says of which object it
    is. An object that shall be added has its uuid from the start.
    """

    wagtail_reference_index_ignore = True  # what waits uses nothing

    proposal = ParentalKey(
        "branches.Proposal", on_delete=models.CASCADE, related_name="items"
    )
    object_uuid = models.UUIDField(db_index=True)
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.PROTECT, related_name="+"
    )
    operation = models.CharField(
        max_length=12, choices=ItemOperation, default=ItemOperation.EDIT
    )
    base = models.ForeignKey(
        "history.PageVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What its author began from; none for what is new.",
    )
    place_uuid = models.UUIDField(
        null=True,
        blank=True,
        help_text="The page it shall stand under, if it is new or moves.",
    )
    title = models.CharField(max_length=255)
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64, editable=False)
    # In a branch each object has whoever wrote on it last.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    changed_at = models.DateTimeField(default=timezone.now)
    # Of a branch that comes in by the hundred, each object has its own end.
    merged_in = models.ForeignKey(
        "history.ChangeSet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The change it came in with; none as long as it waits.",
    )
    # As the code has it, and what fills its marks (core/sayings.py).
    problem = models.TextField(
        blank=True, help_text="Why it was left out when the others came in."
    )
    problem_params = models.JSONField(default=dict)
    kept_as_draft = models.BooleanField(
        default=False, help_text="Its page was not public: it became a draft of it."
    )

    objects = ProposalItemQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("proposal", "object_uuid"), name="branches_object_once"
            ),
            models.CheckConstraint(
                condition=Q(operation="create", base__isnull=True)
                | (~Q(operation="create") & Q(base__isnull=False)),
                name="branches_base_unless_new",
            ),
            models.CheckConstraint(
                condition=~Q(operation__in=("create", "move"))
                | Q(place_uuid__isnull=False),
                name="branches_place_of_what_is_new",
            ),
            models.CheckConstraint(
                condition=~Q(content_hash=""), name="branches_content_hashed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.content_hash = fingerprint(canonical_text(self.content))
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # handed on as given

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """One of a stored text of its proposal.

        What it names is protected: that it is there is not asked, for each of a
        thousand.
        """
        return model_from_serializable_data(cls, data, check_fks=False)

    def is_left_out(self, why: Words) -> None:
        """Say in memory why it did not come in."""
        said = as_saying(why)
        self.problem, self.problem_params = said.message, said.stored()

    @property
    def why_left_out(self) -> Saying:
        """Why it did not come in, in the language of whoever reads it."""
        return again(self.problem, self.problem_params)

    @property
    def model(self) -> Any:
        """The class of the object."""
        return self.content_type.model_class()
