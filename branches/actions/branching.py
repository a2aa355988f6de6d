"""Working on many pages aside: beginning a branch, putting objects on it and off it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.actions.drafting import say_in, write
from branches.models import ItemOperation, Proposal, ProposalItem, ProposalKind
from branches.models.items import TEXT_ONLY
from branches.refusals import (
    NameTaken,
    NotOpenAnyMore,
    RevisedMeanwhile,
    TooManyItems,
)
from branches.rights import may_begin_branch, may_work_on, most_items
from branches.states import REVISABLE
from history.models import PageVersion
from history.reverting.contents import Content

# Of what is said of a branch, what those who work on it may change.
WORDS = frozenset({"title", "reason", "source", "kind", "merges_whole"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What shall become of one object on a branch.

    `content` is all that it shall say; `base` the version that was begun from, none
    for what is new. `place_uuid` is the page that it shall stand under, for what is
    new and what moves. `before` is what the base says in the same form, where known:
    an edit that comes out as it began is none.
    """

    model: Any
    uuid: UUID
    title: str
    content: Content
    base: PageVersion | None
    operation: ItemOperation = ItemOperation.EDIT
    place_uuid: UUID | None = None
    before: Content | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be otherwise."""
        return self.operation in TEXT_ONLY and self.content == self.before


@transaction.atomic
def begin_branch(
    name: str,
    *,
    by: Any,
    reason: str = "",
    source: str = "",
    kind: ProposalKind = ProposalKind.BRANCH,
    merges_whole: bool = True,
) -> Proposal:
    """A new branch. It copies nothing, whatever the size of the wiki.

    Raises NameTaken while another one of this name is not settled, PermissionDenied.
    """
    if not may_begin_branch(by):
        raise PermissionDenied
    branch = Proposal(
        kind=kind,
        title=name.strip()[:255],
        reason=reason.strip(),
        source=source.strip(),
        merges_whole=merges_whole,
        author=by,
        live=False,
    )
    _save(branch)
    return branch


@transaction.atomic
def describe_branch(branch: Proposal, *, by: Any, **words: Any) -> Proposal:
    """Say something else of a branch: any of WORDS. Raises as `put_on` does."""
    branch = held_for_work(branch, by)
    for name in WORDS & words.keys():
        setattr(branch, name, words[name])
    _refuse_too_many(branch)
    _save(branch)
    return branch


def put_on(
    branch: Proposal, piece: Piece, *, by: Any, seen: str | None = None
) -> Proposal:
    """Put one object on a branch, in place of what the branch says of it.

    `seen` is the content hash of its item when they began, "" if it had none; None
    asks for no check. Raises RevisedMeanwhile when it is another one by now,
    TooManyItems, TooLarge, NotOpenAnyMore, PermissionDenied.
    """
    return put_all_on(branch, [piece], by=by, seen=seen)


@transaction.atomic
def put_all_on(
    branch: Proposal, pieces: Sequence[Piece], *, by: Any, seen: str | None = None
) -> Proposal:
    """Put objects on a branch, in a number of queries that does not grow with them.

    One that says what its base says is taken off. Raises as `put_on` does.
    """
    branch = held_for_work(branch, by)
    uuids = [piece.uuid for piece in pieces]
    known = {
        item.object_uuid: item for item in branch.items.filter(object_uuid__in=uuids)
    }
    if seen is not None and any(_hash(known.get(uuid)) != seen for uuid in uuids):
        raise RevisedMeanwhile
    new: list[ProposalItem] = []
    changed: list[ProposalItem] = []
    idle: list[UUID] = []
    for piece in pieces:
        item = known.get(piece.uuid)
        if piece.is_idle:
            idle.append(piece.uuid)
            continue
        (changed if item else new).append(_item(branch, piece, item, by))
    branch.items.filter(object_uuid__in=idle).delete()
    ProposalItem.objects.bulk_create(new, batch_size=100)
    ProposalItem.objects.bulk_update(changed, _WRITTEN, batch_size=100)
    _refuse_too_many(branch)
    return _fresh(branch)


@transaction.atomic
def take_off(branch: Proposal, uuids: Iterable[UUID], *, by: Any) -> Proposal:
    """Take objects off a branch: it says of them what main says. Raises as `put_on`."""
    branch = held_for_work(branch, by)
    ProposalItem.objects.filter(proposal=branch, object_uuid__in=list(uuids)).delete()
    return _fresh(branch)


_WRITTEN = (
    *("operation", "base", "place_uuid", "title", "content", "content_hash"),
    *("author", "changed_at"),
)


def held_for_work(branch: Proposal, by: Any) -> Proposal:
    """The branch, locked, for somebody who works on it.

    Raises NotOpenAnyMore, PermissionDenied.
    """
    branch = Proposal.objects.held(branch.pk)
    if not may_work_on(by, branch):
        if branch.state not in REVISABLE:
            raise NotOpenAnyMore(branch)
        raise PermissionDenied
    return branch


def _refuse_too_many(branch: Proposal) -> None:
    limit = most_items(merges_whole=branch.merges_whole)
    if ProposalItem.objects.filter(proposal=branch).count() > limit:
        raise TooManyItems(limit, is_whole=branch.merges_whole)


def _fresh(branch: Proposal) -> Proposal:
    # Another one: this one may remember items that are other ones by now.
    branch = Proposal.objects.get(pk=branch.pk)
    write(branch)
    return branch


def _save(branch: Proposal) -> None:
    try:
        with transaction.atomic():
            write(branch)
    except IntegrityError as error:
        named = Proposal.objects.unsettled().branches().filter(title=branch.title)
        if named.exclude(pk=branch.pk).exists():
            raise NameTaken(branch.title) from error
        raise


def _item(
    branch: Proposal, piece: Piece, item: ProposalItem | None, by: Any
) -> ProposalItem:
    item = item or ProposalItem(proposal=branch)
    say_in(item, piece)
    item.author, item.changed_at = by, timezone.now()
    return item


def _hash(item: ProposalItem | None) -> str:
    return item.content_hash if item else ""
