"""Keeping what somebody wants to be said, before and after it is handed in."""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from branches.models import ItemOperation, Proposal, ProposalItem
from branches.refusals import (
    NothingChanged,
    NotOpenAnyMore,
    RevisedMeanwhile,
    SentBefore,
    TooLarge,
    TooManyDrafts,
)
from branches.rights import DRAFTS_AT_ONCE, has_proved_address, may_revise, most_open
from branches.states import ProposalState
from history.content import canonical_text, fingerprint
from history.models import PageVersion
from history.reverting.contents import Content

# Letters of one object's content. The longest story of the wiki has a tenth.
MOST_LETTERS = 1_000_000


class Said(Protocol):
    """What an item says of an object, whoever wants it."""

    @property
    def model(self) -> Any: ...
    @property
    def uuid(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def content(self) -> Content: ...
    @property
    def base(self) -> PageVersion | None: ...
    @property
    def operation(self) -> ItemOperation: ...
    @property
    def place_uuid(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants one object to say, and why.

    `before` is the content they began from, empty for what is new; `base` its version.
    """

    model: Any
    uuid: UUID
    title: str
    content: Content
    before: Content
    base: PageVersion | None
    reason: str
    source: str
    operation: ItemOperation = ItemOperation.EDIT
    place_uuid: UUID | None = None


@transaction.atomic
def keep(
    wanted: Wanted,
    *,
    by: Any,
    proposal: Proposal | None = None,
    seen: str = "",
    form_key: str = "",
) -> Proposal:
    """Write down what is wanted, in a new draft or in a proposal of the same person.

    `seen` is the content hash of the proposal when they began, `form_key` tells the
    form of a new one. Raises NothingChanged, SentBefore, TooLarge, TooManyDrafts,
    NotOpenAnyMore, RevisedMeanwhile, PermissionDenied.
    """
    if not has_proved_address(by):
        raise PermissionDenied
    if wanted.content == wanted.before:
        raise NothingChanged
    if proposal is None:
        _refuse_twice(form_key, by)
        refuse_too_many_drafts(by)
        proposal = Proposal(author=by, live=False, form_key=form_key)
    else:
        proposal = Proposal.objects.held(proposal.pk)
        if proposal.author_id != by.pk:
            raise PermissionDenied
        if not may_revise(by, proposal):
            raise NotOpenAnyMore(proposal)
        if proposal.content_hash != seen:
            raise RevisedMeanwhile
    put_in(proposal, wanted)
    return proposal


def hold_account(user: Any) -> None:
    """Let this person do one thing at a time, so that limits hold."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


def _refuse_twice(form_key: str, by: Any) -> None:
    """Raise SentBefore; else hold the account, so that nothing comes in between."""
    if not form_key:
        return
    hold_account(by)
    if (before := Proposal.objects.begun_in(form_key, by=by)) is not None:
        raise SentBefore(before)


def refuse_too_many_drafts(by: Any) -> None:
    """Raise TooManyDrafts; else hold the account, so that it stays so."""
    if most_open(by) is None:
        return
    hold_account(by)
    drafts = Proposal.objects.by(by).filter(state=ProposalState.DRAFT)
    if drafts.count() >= DRAFTS_AT_ONCE:
        raise TooManyDrafts(DRAFTS_AT_ONCE)


def put_in(proposal: Proposal, wanted: Wanted) -> None:
    """Let a suggestion held by the caller say what is wanted. Raises TooLarge."""
    item = proposal.items.all()[0] if proposal.pk else ProposalItem()
    say_in(item, wanted)
    proposal.items = [item]
    proposal.title = item.title
    proposal.reason, proposal.source = wanted.reason, wanted.source
    write(proposal)


def say_in(item: ProposalItem, said: Said) -> None:
    """Let an item in memory say this of an object. Raises TooLarge."""
    text = canonical_text(said.content)
    if len(text) > MOST_LETTERS:
        raise TooLarge
    item.object_uuid = said.uuid
    item.content_type = ContentType.objects.get_for_model(said.model)
    item.operation = said.operation
    item.base = said.base
    item.place_uuid = said.place_uuid
    item.title = said.title[:255]
    item.content, item.content_hash = said.content, fingerprint(text)


def write(proposal: Proposal) -> None:
    """Save a proposal and the items on it, with the hash of both."""
    proposal.changed_at = timezone.now()
    if not proposal.is_branch:
        proposal.content_hash = proposal.hash_of_content()
        proposal.save()
        return
    # Of a branch the rows count, which may be many: none of them is read for it.
    proposal.save()
    proposal.content_hash = proposal.hash_of_rows()
    Proposal.objects.filter(pk=proposal.pk).update(content_hash=proposal.content_hash)
