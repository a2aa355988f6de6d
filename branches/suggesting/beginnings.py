"""What somebody begins from who suggests an edit, or goes on with one."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from branches.merging.creating import new_page
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.refusals import MergeRefused
from branches.suggesting.forms import number_new_rows
from core.models import ContentPage
from history.diff.schema import schema_of
from history.merging import merge
from history.models import PageVersion
from history.reading import CannotRead, content_of_version
from history.reverting.contents import (
    Content,
    as_saved,
    drafted,
    facts_alone,
    facts_of,
    stored_data,
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A page in memory to be edited, and what it said before anybody edited it.

    What is new has no version to begin from, but a place: the page it shall stand
    under. `proposal` is the one that is gone on with, if it is one, and `began` what
    the page in memory says then before anybody edits it.
    """

    page: ContentPage
    base: PageVersion | None
    before: Content
    proposal: Proposal | None = None
    place: ContentPage | None = None
    began: Content = field(default_factory=dict)

    @property
    def operation(self) -> ItemOperation:
        return ItemOperation.EDIT if self.place is None else ItemOperation.CREATE

    @property
    def title(self) -> str:
        """What the page is called before the edit; empty for what is new."""
        return self.base.title if self.base else self.page.title

    def is_of_another(self, user: Any) -> bool:
        """Whether somebody else began it."""
        return self.proposal is not None and self.proposal.author_id != user.pk


def begin(page: ContentPage, base: PageVersion) -> Beginning:
    """Begin from a version. Raises MergeRefused when its text cannot be read."""
    draft = _in_memory(page, _content(base))
    before = facts_of(draft)
    number_new_rows(draft)
    return Beginning(draft, base, before)


def go_on(proposal: Proposal, page: ContentPage, base: PageVersion) -> Beginning:
    """Go on with a proposal, from the newest version of the page if nothing is in the
    way, else from where it was begun.

    `base` is the version to go on from. Raises MergeRefused.
    """
    item: ProposalItem = proposal.items.all()[0]
    content = _on(item, base)
    if content is None and item.base is not None:
        base, content = item.base, item.content
    before = as_saved(page, _content(base))
    draft = _in_memory(page, content or {})
    began = facts_of(draft)
    number_new_rows(draft)
    return Beginning(draft, base, before, proposal, began=began)


def begin_new(model: Any, place: ContentPage) -> Beginning:
    """Begin a page of a kind that shall stand under another one."""
    return Beginning(model(), None, {}, place=place)


def go_on_with_new(proposal: Proposal, place: ContentPage) -> Beginning:
    """Go on with a page that is proposed to be added."""
    page = new_page(proposal.items.all()[0])
    began = {name: v for name, v in facts_of(page).items() if name != "slug"}
    number_new_rows(page)
    return Beginning(page, None, {}, proposal, place, began)


def version_begun_from(page: ContentPage, key: int | None) -> PageVersion:
    """The version of a page with a key, the newest without one.

    Raises BadRequest for a key that is none of its versions.
    """
    versions = PageVersion.objects.filter(object_uuid=page.uuid).select_related(
        "payload", "content_type"
    )
    if key is None:
        found = versions.order_by("-seq").first()
    else:
        found = versions.filter(pk=key).first()
    if found is None:
        raise BadRequest(_("There is no such version of this page."))
    return found


def _on(item: ProposalItem, version: PageVersion) -> Content | None:
    """What a proposal says on top of another version; None where both say different."""
    if item.base is None or item.base_id == version.pk:
        return dict(item.content)
    model: Any = item.content_type.model_class()
    result = merge(
        schema_of(model),
        facts_alone(_content(item.base)),
        ours=facts_alone(_content(version)),
        theirs=facts_alone(item.content),
    )
    return None if result.conflicts else result.content


def _content(version: PageVersion) -> Content:
    try:
        # What is hidden is offered to nobody as the beginning of an edit.
        return facts_alone(content_of_version(version, reader=None))
    except CannotRead as problem:
        raise MergeRefused(str(problem)) from problem


def _in_memory(page: ContentPage, content: Content) -> ContentPage:
    draft: Any = drafted(page, stored_data(page), content)
    return draft
