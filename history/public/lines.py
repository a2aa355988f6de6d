"""What a list of versions reads: a line for each, in one query, and one for any tags.

Lines are plain values, a tenth of the work of model instances, and say by themselves
whether anything a list shows has changed (history/public/kept_lists.py).
"""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from history.models import PageVersion, Tag


class Line(NamedTuple):
    """One version, its change and the people behind it, whatever is hidden of them."""

    pk: int
    object_uuid: UUID
    seq: int
    content_type_id: int
    page_id: int | None
    operation: str
    title: str
    growth: int
    changed_facts: list[str]
    text_hidden: bool
    sha256: str
    number: int
    kind: str
    reason: str
    source: str
    made_at: datetime
    author_hidden: bool
    reason_hidden: bool
    author_id: int | None
    author: str | None
    publisher_id: int | None
    publisher: str | None
    is_tagged: bool = False
    tags: tuple[tuple[str, str], ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether any part of it is."""
        return self.text_hidden or self.author_hidden or self.reason_hidden


# Where a version has each of them; whether it is tagged is asked along, tags apart.
COLUMNS = (
    *("pk", "object_uuid", "seq", "content_type_id", "page_id", "operation", "title"),
    *("growth", "changed_facts", "text_hidden", "sha256", "changeset__number"),
    *(
        "changeset__kind",
        "changeset__reason",
        "changeset__source",
        "changeset__made_at",
    ),
    *("changeset__author_hidden", "changeset__reason_hidden"),
    *("changeset__author_id", "changeset__author__display_name"),
    *("changeset__publisher_id", "changeset__publisher__display_name"),
)


def lines_of(versions: QuerySet[PageVersion]) -> list[Line]:
    """These versions in their order, never with a text."""
    is_tagged = Exists(Tag.objects.filter(changeset=OuterRef("changeset")).order_by())
    lines = [Line(*row) for row in versions.values_list(*COLUMNS, is_tagged)]
    tagged = {line.number for line in lines if line.is_tagged}
    if not tagged:
        return lines
    tags: dict[int, list[tuple[str, str]]] = defaultdict(list)
    found = Tag.objects.filter(changeset__in=tagged)
    for number, name, slug in found.values_list("changeset_id", "name", "slug"):
        tags[number].append((name, slug))
    return [line._replace(tags=tuple(tags[line.number])) for line in lines]


def line_of(version: PageVersion) -> Line:
    """A version that is at hand with its change, fetched by `for_lists`."""
    tags = tuple((tag.name, tag.slug) for tag in version.changeset.tags.all())
    line = Line(*(_at(version, path) for path in COLUMNS))
    return line._replace(is_tagged=bool(tags), tags=tags)


def for_lists(versions: QuerySet[PageVersion]) -> QuerySet[PageVersion]:
    """With the people and the tags of each change, and never with a text."""
    return versions.select_related(
        "changeset__author", "changeset__publisher"
    ).prefetch_related("changeset__tags")


def _at(version: Any, path: str) -> Any:
    found = version
    for name in path.split("__"):
        found = getattr(found, name, None)
    return found
