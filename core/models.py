"""Words every app shares: the page that has a history and the row inside it."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, models, transaction

from modelcluster.models import (
    ClusterableModel,
    get_all_child_relations,
    model_from_serializable_data,
)
from wagtail.models import DraftStateMixin, LockableMixin, Page, RevisionMixin

from core.constraints import broken_rule
from core.copying import CopyForm
from core.findings import Finding, Rows, raise_errors
from core.jobs.models import Job  # noqa: F401  Django looks for models here
from core.permissions import ContentPagePermissions
from core.references import lost_references
from core.refusals import AddressTaken, AliasRefused, NotPublishable

# The unique index on (parent, slug) made by this app's first migration.
ADDRESS_INDEX = "core_page_address_unique"


class VersionedRow(models.Model):
    """A row inside a page. Its uuid is its only lasting identity.

    Republishing an old revision gives rows new primary keys, so diff, merge and
    permalinks use the uuid.
    """

    uuid = models.UUIDField(default=uuid4, editable=False, unique=True)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)

    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ("sort_order",)

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """The row of a stored content; None (left out) if what it names is gone."""
        if lost_references(cls, data):
            return None
        # A version keeps no primary key: the uuid tells rows apart.
        return model_from_serializable_data(
            cls, {"pk": None, **data}, check_fks=check_fks, strict_fks=strict_fks
        )


class VersionedSnippet(DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """Something without a page that carries facts; its publishes are recorded too."""

    uuid = models.UUIDField(default=uuid4, editable=False, unique=True)

    class Meta:
        abstract = True


class ContentPage(Page):
    """A page whose every publish is recorded.

    Publishing is one transaction (core/publishing.py): the page is live with its
    version or not live at all. Subclasses override `derive` (columns
    computed from rows) and `find` (rules across fields and rows).
    """

    uuid = models.UUIDField(default=uuid4, editable=False, unique=True)
    change_reason = models.CharField(
        "reason for this change",
        max_length=200,
        blank=True,
        help_text="One line for the public history: what changed and why.",
    )
    change_source = models.CharField(
        "source of this change",
        max_length=500,
        blank=True,
        help_text="Where it can be checked: a web address, a book, a newspaper.",
    )

    # Keys of the warnings an editor has looked at and accepted.
    accepted_warnings = models.JSONField(default=list, editable=False)

    # These describe a change, so they belong to the changeset, not to the content.
    describes_change = ("change_reason", "change_source", "accepted_warnings")
    exclude_fields_in_copy = ["uuid"]
    copy_form_class = CopyForm
    # Sections have an owner who publishes inside them (core/permissions.py).
    is_section = False
    sections_start_below = False

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Compute the columns that are never edited, from the rows in memory."""

    def find(self, rows: Rows) -> list[Finding]:
        """Everything the rules have to say about this page with these rows."""
        return []

    def rows_in_memory(self) -> dict[str, list[Any]]:
        """The rows as they would be saved, by relation name."""
        return {name: list(getattr(self, name).all()) for name in self.row_relations()}

    def clean(self) -> None:
        super().clean()
        # A form validates its page before the rows of the form are on it; it
        # checks rows itself (core/page_forms.py) and says so with this flag.
        if not getattr(self, "rows_are_checked_by_form", False):
            self.derive()
            raise_errors(self.find(self.rows_in_memory()))

    def validate_constraints(self, exclude: Any = None) -> None:
        if not getattr(self, "rows_are_checked_by_form", False):
            super().validate_constraints(exclude)

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        if self.alias_of_id is not None:
            raise AliasRefused
        # Wagtail saves without cleaning when only metadata such as the pointer to
        # the latest revision changes, but also when it copies what is below a page.
        if clean or self._state.adding:
            self.derive()
        try:
            # The savepoint keeps the caller's transaction usable after a refusal.
            with transaction.atomic():
                super().save(clean=clean, **kwargs)
        except IntegrityError as error:
            if ADDRESS_INDEX in str(error):
                raise AddressTaken(self.slug) from error
            if problem := broken_rule(type(self), error):
                raise NotPublishable(self, [problem]) from error
            raise

    def serializable_data(self) -> dict[str, Any]:
        # Wagtail's own falls back to the plain fields on any AttributeError, so one
        # unreadable value in one row would silently drop every row of the page.
        return ClusterableModel.serializable_data(self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self.derive()
        overwritten = kwargs.get("overwrite_revision")
        if overwritten is not None and overwritten.pk == self.live_revision_id:
            # Autosave of a tab left open would rewrite what has been published.
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **options: Any) -> Any:
        gone = dict.fromkeys(lost_references(cls, data))
        return super().from_serializable_data({**data, **gone}, **options)

    def with_content_json(self, content: dict[str, Any]) -> "ContentPage":
        page = super().with_content_json(content)
        # A revision that came along when its page was copied still has the
        # translation key, and the row identities, of the page it was written for.
        key = content.get("translation_key")
        if key is not None and str(key) != str(self.translation_key):
            for rows in page.rows_in_memory().values():
                for row in rows:
                    row.uuid = page.identity_of_copy(row.uuid)
        page.derive()
        return page

    def copy_child_relation(
        self, child_relation: Any, target: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """As the library's, but the rows of a copy are new objects with new uuids."""
        copied = super().copy_child_relation(child_relation, target, *args, **kwargs)
        for (_, old_key), found in copied.items():
            for row in [found] if old_key is not None else found:
                if isinstance(row, VersionedRow):
                    row.uuid = target.identity_of_copy(row.uuid)
        return copied

    def identity_of_copy(self, original: UUID) -> UUID:
        """The uuid here of a row copied from elsewhere, the same however it comes."""
        return uuid5(self.uuid, str(original))

    def permissions_for_user(self, user: Any) -> ContentPagePermissions:
        return ContentPagePermissions(user, self)

    @classmethod
    def row_relations(cls) -> list[str]:
        """Names of the relations whose rows are part of this page's content."""
        return [
            relation.get_accessor_name()
            for relation in get_all_child_relations(cls)
            if issubclass(relation.related_model, VersionedRow)
        ]
