"""Which pages a branch is about, and where each of them stands in the wiki.

Read for every page that is looked at on a branch, so without the texts of the items
and in a number of queries that does not grow with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models.fields.json import KT

from wagtail.coreutils import cautious_slugify

from branches.models import ItemOperation, Proposal
from core.reserved import refusal_of_slug
from history.content import page_models
from history.models import ObjectHead

GONE = frozenset({ItemOperation.UNPUBLISH, ItemOperation.DELETE})
PLACED = frozenset({ItemOperation.CREATE, ItemOperation.MOVE})


@dataclass(frozen=True, slots=True)
class Stands:
    """A page of the published wiki: its key, and where it stands."""

    key: int
    path: str
    address: str
    live: bool
    children: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """One page of a branch. What is new is nowhere yet, so its key is below zero."""

    item: int
    uuid: UUID
    operation: ItemOperation
    title: str
    slug: str
    place: UUID | None = None
    published: Stands | None = None

    @property
    def key(self) -> int:
        return self.published.key if self.published else -self.item

    @property
    def is_gone(self) -> bool:
        return self.operation in GONE


def spots_of(branch: Proposal) -> tuple[list[Spot], dict[UUID, Stands]]:
    """The pages of a branch, and those under which it puts pages, by uuid.

    An item begun from a text that has been hidden since is as hidden as that.
    """
    rows = list(
        branch.items.filter(content_type__in=_kinds())
        .exclude(base__text_hidden=True)
        .annotate(its_title=KT("content__title"), its_slug=KT("content__slug"))
        .order_by("pk")
        .values(
            *("pk", "object_uuid", "operation", "title", "place_uuid"),
            *("its_title", "its_slug"),
        )
    )
    uuids = {row["object_uuid"] for row in rows}
    places = {row["place_uuid"] for row in rows if row["place_uuid"]}
    stands = _published(uuids | places)
    spots = [spot for row in rows if (spot := _spot(row, stands)) is not None]
    return spots, {uuid: stands[uuid] for uuid in places & stands.keys()}


_OF_THE_TREE = ("pk", "path", "url_path", "live", "numchild")


def _kinds() -> list[Any]:
    return list(ContentType.objects.get_for_models(*page_models()).values())


def _published(uuids: Iterable[UUID]) -> dict[UUID, Stands]:
    heads = ObjectHead.objects.filter(
        object_uuid__in=list(uuids), version__page__isnull=False
    ).values_list(
        "object_uuid",
        *(f"version__page__{name}" for name in _OF_THE_TREE),
    )
    return {uuid: Stands(*where) for uuid, *where in heads}


def _spot(row: dict[str, Any], stands: dict[UUID, Stands]) -> Spot | None:
    """None for what is no page, and for what has been deleted meanwhile."""
    operation = ItemOperation(row["operation"])
    published = stands.get(row["object_uuid"])
    is_new = operation == ItemOperation.CREATE
    if (published is None) != is_new:
        return None
    title = row["its_title"] or row["title"]
    if published is None:
        slug = _slug_for(title)
    else:
        slug = row["its_slug"] or published.address.rstrip("/").rpartition("/")[2]
    return Spot(
        item=row["pk"],
        uuid=row["object_uuid"],
        operation=operation,
        title=title,
        slug=slug,
        place=row["place_uuid"] if operation in PLACED else None,
        published=published,
    )


def _slug_for(title: str) -> str:
    """As a new page gets it (core/models.py), but for what stands beside it."""
    slug = cautious_slugify(title)[:240] or "page"
    return f"{slug}-page" if refusal_of_slug(slug) else slug
