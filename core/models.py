"""Words every app shares: the page that has a history and the row inside it."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from modelcluster.models import ClusterableModel, model_from_serializable_data
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PageViewRestriction,
    RevisionMixin,
)

from core.beginnings import Begun
from core.caching.models import Touch  # noqa: F401  Django looks for models here
from core.constraints import broken_rule, is_address_taken
from core.copying import CopyForm
from core.findings import Finding, Rows, raise_errors
from core.jobs.models import Job  # noqa: F401  Django looks for models here
from core.mail.models import OutgoingMail  # noqa: F401  and for this one
from core.permissions import ContentPagePermissions
from core.references import known_targets, lost_references
from core.refusals import AddressTaken, AliasRefused, NotPublishable, PlaceTaken
from core.reserved import refusal_of_slug
from core.rows import row_models
from core.snippet_forms import VersionedSnippetForm
from core.wording import Words


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
        if known_targets() is None and lost_references(cls, data):
            return None
        # A version keeps no primary key: the uuid tells rows apart.
        return model_from_serializable_data(
            cls, {"pk": None, **data}, check_fks=check_fks, strict_fks=strict_fks
        )

    def validate_constraints(self, exclude: Any = None) -> None:
        """Ask the rules of the database. No row is the double of itself.

        One of a draft or a version has no key, though the database may have the row.
        """
        known = None if self.pk else self.stored_key()
        if known is None:
            super().validate_constraints(exclude)
            return
        self.pk, self._state.adding = known, False
        try:
            super().validate_constraints(exclude)
        finally:
            self.pk, self._state.adding = None, True

    def stored_key(self) -> Any:
        """The key that the database has for it, where a rule could ask for it.

        A row that a draft brought has none in the text that was published.
        """
        if not any(
            isinstance(r, models.UniqueConstraint) for r in self._meta.constraints
        ):
            return None
        rows = type(self)._base_manager.filter(uuid=self.uuid)
        return rows.values_list("pk", flat=True).first()


class VersionedSnippet(
    Begun, DraftStateMixin, LockableMixin, RevisionMixin, models.Model
):
    """Something without a page that carries facts; its publishes are recorded too."""

    uuid = models.UUIDField(default=uuid4, editable=False, unique=True)

    base_form_class = VersionedSnippetForm

    class Meta:
        abstract = True

    def serializable_data(self) -> dict[str, Any]:
        return self.with_beginning(super().serializable_data())


class ContentPage(Begun, Page):
    """A page whose every publish is recorded.

    Publishing is one transaction (core/publishing.py): the page is live with its
    version or not live at all. Subclasses override `derive` (columns
    computed from rows) and `find` (rules across fields and rows).
    """

    uuid = models.UUIDField(default=uuid4, editable=False, unique=True)
    change_reason = models.CharField(
        _("reason for this change"),
        max_length=200,
        blank=True,
        help_text=_("One line for the public history: what changed and why."),
    )
    change_source = models.CharField(
        _("source of this change"),
        max_length=500,
        blank=True,
        help_text=_("Where it can be checked: a web address, a book, a newspaper."),
    )

    # Whether `change_reason` speaks of a change that is still to be published.
    has_words_to_come = False

    # Its two indexes are written by core/page_indexes.py, not by the signals of a save.
    search_auto_update = False

    # Saving makes a page forget its rows, and ask the database for them. Whoever goes
    # on with the page at once has it keep them.
    keeps_rows = False

    # The slug it has in the database, once somebody has said so: no other page beside
    # it can have that.
    own_slug: str | None = None
    # The slugs of the pages beside it, while many are added and somebody has read them.
    slugs_beside: Collection[str] | None = None
    # Whether its rows are those in memory, because no table holds them.
    carries_its_rows = False
    # Where an overlay has put it (core/overlay.py): what is otherwise about it, and
    # the address of its record, None for the one it has itself.
    differs_here: Words = ""
    published_address: str | None = None

    # Keys of the warnings an editor has looked at and accepted.
    accepted_warnings = models.JSONField(default=list, editable=False)

    # These describe a change, so they belong to the changeset, not to the content.
    describes_change = ("change_reason", "change_source", "accepted_warnings")
    # Facts that make sense together only. Of two people's changes to one of these
    # groups a merge takes one or the other, never half of each.
    coupled_facts: tuple[tuple[str, ...], ...] = (("title", "slug"),)
    # Facts that so much else relies on that two people look at a change of them.
    weighty_facts: tuple[str, ...] = ("title", "slug")
    # How codes are called, by the fact that is one.
    names_of_codes: Mapping[str, Callable[[str], str]] = MappingProxyType({})
    # Facts that say under which page it stands.
    facts_of_place: tuple[str, ...] = ()
    # Whether it is moved to where its facts say that it stands, once they come in.
    goes_along = False
    exclude_fields_in_copy = ["uuid"]
    copy_form_class = CopyForm
    # Sections have an owner who publishes inside them (core/permissions.py).
    is_section = False
    sections_start_below = False
    # Whether members may suggest edits of it, and what they may suggest below it.
    takes_suggestions = False
    adds_by_suggestion = ""
    # Whether a change elsewhere shows here only as core/caching/rules.py says, and as
    # `topics_shown` adds.
    shows_neighbours_only = False

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Compute the columns that are never edited, from the rows in memory."""

    def stands_elsewhere(self) -> "ContentPage | None":
        """The page under which its facts say that it stands, if it does not."""
        return None

    def keeps_from_arriving(self) -> str:
        """What in its facts stands against a place that is only about to be there."""
        return ""

    def arrive(self, place: Page) -> None:
        """Have its facts say that it stands under a page that did not exist before."""

    def find(self, rows: Rows) -> list[Finding]:
        """Everything the rules have to say about this page with these rows."""
        return []

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        if refusal_of_slug(base_slug):
            base_slug = f"{base_slug}-page"
        return str(super()._get_autogenerated_slug(base_slug))

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Any, page: Any = None) -> bool:
        if isinstance(page, ContentPage) and page.slugs_beside is not None:
            return slug not in page.slugs_beside
        return bool(Page._slug_is_available(slug, parent_page, page))

    def _check_slug_is_unique(self) -> None:
        if self.own_slug is None or self.slug != self.own_slug:
            super()._check_slug_is_unique()

    @classmethod
    def topics_of_change(
        cls, said: Mapping[str, Any], says: Mapping[str, Any]
    ) -> set[str]:
        """What a publish touches besides the neighbours (core/caching/rules.py)."""
        return set()

    def topics_shown(self) -> set[str]:
        """What is shown here besides the neighbours."""
        return set()

    def rows_in_memory(self) -> dict[str, list[Any]]:
        """The rows as they would be saved, by relation name."""
        return {name: list(getattr(self, name).all()) for name in self.row_relations()}

    def clean(self) -> None:
        super().clean()
        if refusal := refusal_of_slug(self.slug):
            raise ValidationError({"slug": refusal})
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
        rows = self.all_rows() if self.keeps_rows else {}
        try:
            # The savepoint keeps the caller's transaction usable after a refusal.
            with transaction.atomic(), self.while_saving(kwargs.get("update_fields")):
                super().save(clean=clean, **kwargs)
        except IntegrityError as error:
            if is_address_taken(error):
                raise AddressTaken(self.slug) from error
            if problem := broken_rule(type(self), error):
                raise NotPublishable(self, [problem]) from error
            raise
        self.put_rows(rows)

    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        try:
            with transaction.atomic():
                super().move(target, pos=pos, user=user)
        except IntegrityError as error:
            if is_address_taken(error):
                raise PlaceTaken from error
            raise

    def all_rows(self) -> dict[str, list[Any]]:
        """The rows as they would be saved, those of tags too, by relation name."""
        relations = row_models(type(self))
        return {name: list(getattr(self, name).all()) for name in relations}

    def put_rows(self, rows: Mapping[str, list[Any]]) -> None:
        """Have the page hold these rows, by relation name, until it is saved."""
        for relation, known in rows.items():
            getattr(self, relation).set(known)

    def forget_rows(self) -> None:
        """Have the page ask the database for its rows again."""
        self._cluster_related_objects: dict[str, Any] = {}

    def while_saving(
        self, update_fields: Collection[str] | None
    ) -> AbstractContextManager[None]:
        """What goes on around a save: core/page_indexes.py takes its place."""
        return nullcontext()

    def serializable_data(self) -> dict[str, Any]:
        # Wagtail's own falls back to the plain fields on any AttributeError, so one
        # unreadable value in one row would silently drop every row of the page.
        return self.with_beginning(ClusterableModel.serializable_data(self))

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self.derive()
        return super().save_revision(*args, **kwargs)

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **options: Any) -> Any:
        known = known_targets()
        if known is None:
            gone = dict.fromkeys(lost_references(cls, data))
            return super().from_serializable_data({**data, **gone}, **options)
        options["check_fks"] = False
        page = super().from_serializable_data(known.sound(cls, data), **options)
        # Of a relation that the data does not tell of, nothing is in memory.
        for rows in (
            [page],
            *page.__dict__.get("_cluster_related_objects", {}).values(),
        ):
            for thing in rows:
                known.attach(thing)
        return page

    def with_content_json(self, content: dict[str, Any]) -> "ContentPage":
        page: ContentPage = super().with_content_json(content)
        # It stands where this one stands.
        page._cached_parent_obj = self.get_parent()
        # A revision that came along when its page was copied still has the
        # translation key, and the row identities, of the page it was written for.
        key = content.get("translation_key")
        if key is not None and str(key) != str(self.translation_key):
            for rows in page.rows_in_memory().values():
                for row in rows:
                    row.uuid = page.identity_of_copy(row.uuid)
            page.be_called(self.title)
        page.derive()
        return page

    def copy_child_relation(
        self, child_relation: Any, target: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """As the library's, but the rows of a copy are new objects with new uuids."""
        copied = super().copy_child_relation(child_relation, target, *args, **kwargs)
        for (_relation, old_key), found in copied.items():
            for row in [found] if old_key is not None else found:
                if isinstance(row, VersionedRow):
                    row.uuid = target.identity_of_copy(row.uuid)
        target.be_called(target.title)
        return copied

    def be_called(self, title: str) -> None:
        """Take a name, in the rows too where one of them says what it is called."""
        self.title = title

    def identity_of_copy(self, original: UUID) -> UUID:
        """The uuid here of a row copied from elsewhere, the same however it comes."""
        return uuid5(self.uuid, str(original))

    def get_view_restrictions(self) -> Any:
        # There are no aliases here, so the pages above need not be read to find them.
        whole = range(self.steplen, len(self.path) + 1, self.steplen)
        above = [self.path[:end] for end in whole]
        return PageViewRestriction.objects.filter(page__path__in=above)

    def permissions_for_user(self, user: Any) -> ContentPagePermissions:
        return ContentPagePermissions(user, self)

    @classmethod
    def row_relations(cls) -> list[str]:
        """Names of the relations whose rows are part of this page's content."""
        return [
            name
            for name, model in row_models(cls).items()
            if issubclass(model, VersionedRow)
        ]
