"""All that the plan of a merge is made from, read together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from branches.models import ItemOperation, Proposal, ProposalItem
from branches.refusals import MergeRefused
from core.drafting import make_ready
from core.models import ContentPage
from history.content import Versioned
from history.heads import heads_of
from history.models import PageVersion
from history.reading import CannotRead, contents_of_versions
from history.reverting.contents import Content, facts_alone, stored_data
from history.subjects import subjects_of


@dataclass(frozen=True)
class Known:
    """Items of one proposal, and what is there of their objects and places now.

    `contents` are texts by the key of their version. `added` are places that the
    proposal adds, be they among these items or not.
    """

    items: Sequence[ProposalItem]
    heads: Mapping[UUID, PageVersion]
    subjects: Mapping[Any, Versioned]
    contents: Mapping[int, Content]
    added: frozenset[UUID]

    @cached_property
    def by_uuid(self) -> dict[UUID, ProposalItem]:
        return {item.object_uuid: item for item in self.items}

    @property
    def versions(self) -> dict[UUID, int]:
        """Keys of the newest versions of the items' own objects."""
        own = self.heads.keys() & self.by_uuid.keys()
        return {uuid: self.heads[uuid].pk for uuid in own}

    def base_of(self, item: ProposalItem) -> Content:
        """What the author began from; nothing for what is new."""
        return facts_alone(self.contents.get(item.base_id or 0, {}))

    def before(self, item: ProposalItem) -> Content:
        """What is published of it now; nothing for what is not there."""
        head = self.heads.get(item.object_uuid)
        return facts_alone(self.contents.get(head.pk, {})) if head else {}

    def place_of(self, item: ProposalItem) -> Any:
        """The page it shall stand under, if that is there already."""
        return self.subjects.get(item.place_uuid)

    def adds_place_of(self, item: ProposalItem) -> bool:
        """Whether the page it shall stand under is added by the same proposal."""
        return item.place_uuid in self.added

    def locale_of(self, item: ProposalItem) -> int | None:
        """The language of what is new: that of the first page above that is there."""
        for _step in self.items:
            place = self.place_of(item)
            above = self.by_uuid.get(item.place_uuid) if item.place_uuid else None
            if place is not None or above is None:
                return getattr(place, "locale_id", None)
            item = above
        return None

    def sources(self) -> Iterator[tuple[Any, Content]]:
        """All that the drafts of a plan are made of: what is live and what is wanted.

        By model, for core.references.reading_together.
        """
        for item in self.items:
            subject = self.subjects.get(item.object_uuid)
            yield item.model, item.content
            if subject is not None and item.object_uuid in self.heads:
                yield item.model, self.before(item)
                yield item.model, stored_data(subject)


def known_of(proposal: Proposal, items: Sequence[ProposalItem]) -> Known:
    """Read it, in a number of queries that does not grow with the number of items.

    Raises MergeRefused when a text that is needed is hidden or damaged.
    """
    heads = heads_of(
        {uuid for item in items for uuid in (item.object_uuid, item.place_uuid) if uuid}
    )
    own = {item.object_uuid for item in items}
    needed = [
        *(item.base for item in items if item.base),
        *(heads[uuid] for uuid in own & heads.keys()),
    ]
    try:
        # What is hidden does not become public again by being merged.
        contents = contents_of_versions(needed, reader=None)
    except CannotRead as problem:
        raise MergeRefused(str(problem)) from problem
    subjects = subjects_of(heads.values())
    make_ready([one for one in subjects.values() if isinstance(one, ContentPage)])
    added = _places_added(proposal, items, heads)
    return Known(items, heads, subjects, contents, added)


def _places_added(
    proposal: Proposal, items: Sequence[ProposalItem], heads: Mapping[UUID, Any]
) -> frozenset[UUID]:
    added = {
        item.object_uuid for item in items if item.operation == ItemOperation.CREATE
    }
    places = {item.place_uuid for item in items if item.place_uuid}
    unknown = places - heads.keys() - added
    if unknown:
        beside = ProposalItem.objects.filter(
            proposal=proposal, operation=ItemOperation.CREATE, object_uuid__in=unknown
        )
        added |= set(beside.values_list("object_uuid", flat=True))
    return frozenset(added & places)
