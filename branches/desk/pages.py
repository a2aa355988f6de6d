"""A page or a snippet as a branch has it: what the branch says, else what main says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.text import slugify

from wagtail.models import Page

from branches.desk.refusals import GoesOnBranch, HiddenOnMain, UnreadableThere
from branches.merging.creating import new_page
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.models.items import REMOVALS
from branches.refusals import MergeRefused
from core.models import ContentPage
from history.heads import heads_of
from history.models import PageVersion
from history.reading import CannotRead, content_of_version
from history.reverting.contents import (
    UNREADABLE,
    Content,
    drafted,
    facts_alone,
    facts_of,
    stored_data,
)
from history.subjects import may_change, subjects_of


@dataclass(frozen=True)
class OnBranch:
    """A page or a snippet in memory as it stands on a branch.

    `live` is the same one on the main line, none for what is new; `base` the version
    that it was begun from and `before` what that says. `place` is the page it stands
    under on the branch, which may be new as well; none for a snippet.
    """

    branch: Proposal
    subject: Any
    place: Any
    item: ProposalItem | None = None
    live: Any = None
    base: PageVersion | None = None
    before: Content | None = None

    @property
    def is_new(self) -> bool:
        return self.live is None

    @property
    def content(self) -> Content:
        """What it says on the branch."""
        return facts_of(self.subject)

    @property
    def is_page(self) -> bool:
        return isinstance(self.subject, ContentPage)

    @property
    def seen(self) -> str:
        """The hash of what the branch says of it; empty when it says nothing."""
        return self.item.content_hash if self.item else ""


def subject_on(branch: Proposal, uuid: UUID, user: Any) -> OnBranch:
    """A page or a snippet as a branch has it, for who may edit it.

    Raises Http404, PermissionDenied, UnreadableThere, MergeRefused when a text that is
    needed is hidden or damaged.
    """
    items = ProposalItem.objects.filter(proposal=branch, object_uuid=uuid)
    item = items.select_related("base__payload", "content_type").first()
    if item is not None and item.operation == ItemOperation.CREATE:
        return _new(branch, item, user)
    live = subjects_of(heads_of([uuid]).values()).get(uuid)
    if live is None:
        raise Http404
    if not may_change(user, live):
        raise PermissionDenied
    base = item.base if item else heads_of([uuid]).get(uuid)
    if base is None:
        raise Http404
    before = facts_of(_in_memory(live, _content(base)))
    said = item.content if item and item.operation not in REMOVALS else before
    with _readable(str(live)):
        subject = _in_memory(live, said)
    if not isinstance(live, ContentPage):
        return OnBranch(branch, subject, None, item, live, base, before)
    place = _place(branch, item, user) if item and item.place_uuid else None
    if place is None:
        place = live.get_parent().specific
    subject._cached_parent_obj = place
    return OnBranch(branch, subject, place, item, live, base, before)


def text_on(branch: Proposal, uuid: UUID, user: Any) -> OnBranch:
    """The same, for writing on its text. Raises GoesOnBranch and HiddenOnMain too."""
    found = subject_on(branch, uuid, user)
    if found.live is not None and not found.live.live:
        raise HiddenOnMain(str(found.live))
    if found.item is not None and found.item.operation in REMOVALS:
        raise GoesOnBranch(found.item.title)
    return found


def place_on(branch: Proposal, uuid: UUID, user: Any) -> Any:
    """A page under which a person may add others on a branch, new or not.

    Raises Http404, PermissionDenied.
    """
    item = (
        ProposalItem.objects.filter(
            proposal=branch, object_uuid=uuid, operation=ItemOperation.CREATE
        )
        .select_related("content_type")
        .first()
    )
    if item is not None:
        return _new(branch, item, user).subject
    place = live_page(uuid)
    if place is None:
        raise Http404
    if not place.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    return place


def name_of(found: OnBranch, content: Content) -> str:
    """What it is called once it says this: pages by their title."""
    if found.is_page:
        return str(content["title"])
    return str(_in_memory(found.live, content))


def begin_page(branch: Proposal, model: Any, place: Any) -> OnBranch:
    """A page of a kind that is to be added on a branch."""
    return OnBranch(branch, _put_under(model(), place), place)


def live_page(uuid: UUID) -> Any:
    """The page on the main line with an identity."""
    found = subjects_of(heads_of([uuid]).values()).get(uuid)
    return found if isinstance(found, ContentPage) else None


def _new(branch: Proposal, item: ProposalItem, user: Any) -> OnBranch:
    place = _place(branch, item, user)
    if place is None:
        raise Http404
    with _readable(item.title):
        page = new_page(item)
    return OnBranch(branch, _put_under(page, place), place, item)


@contextmanager
def _readable(title: str) -> Iterator[None]:
    try:
        yield
    except UNREADABLE as problem:
        raise UnreadableThere(title) from problem


def _place(branch: Proposal, item: ProposalItem, user: Any) -> Any:
    try:
        return place_on(branch, cast(UUID, item.place_uuid), user)
    except Http404:
        return None


def stand(page: Any) -> None:
    """Let a new page look as if it stood under its place, below all others there."""
    place = page._cached_parent_obj
    if not place.path:
        stand(place)
    page.depth = place.depth + 1
    if place.is_leaf():
        page.path = Page._get_path(place.path, page.depth, 1)
    else:
        page.path = place.get_last_child()._inc_path()
    page.slug = page._get_autogenerated_slug(slugify(page.title) or "new")
    page.set_url_path(place)


def _put_under(page: Any, place: Any) -> Any:
    page._cached_parent_obj = place
    page.locale_id = place.locale_id
    # Of a place that has no row yet the rules of the page cannot be asked.
    if place.pk:
        stand(page)
    return page


def _content(version: PageVersion) -> Content:
    try:
        return facts_alone(content_of_version(version, reader=None))
    except CannotRead as problem:
        raise MergeRefused(str(problem)) from problem


def _in_memory(subject: Any, content: Content) -> Any:
    return drafted(subject, stored_data(subject), content)
