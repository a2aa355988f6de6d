"""What a list of versions shows of each, and how it is cut into pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest

from wagtail.models import Page, Site

from history.addresses import Home
from history.facts import label_of
from history.models import Operation, PageVersion, Suppression
from history.reading import may_read_hidden
from history.suppression.finding import hidings_of

PER_PAGE = 50
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One version as a list shows it to one reader; hidden parts are left out."""

    version: PageVersion
    home: Home
    title: str
    facts: list[str]
    more_facts: int
    hiding: Suppression | None

    @property
    def day(self) -> date:
        return self.version.changeset.made_at.date()

    @property
    def url(self) -> str:
        return self.home.version(self.version.seq)

    @property
    def changes_url(self) -> str:
        """The comparison with the version before; empty for the first."""
        seq = self.version.seq
        return self.home.diff(seq - 1, seq) if seq > 1 else ""


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a list: its entries by day, and where older and newer ones begin."""

    entries: list[Entry]
    older: int | None
    newer: int | None

    @property
    def days(self) -> list[tuple[date, list[Entry]]]:
        """Neighbours of one day together, in the order of the list."""
        return [(day, list(group)) for day, group in groupby(self.entries, _day_of)]


def for_lists(versions: QuerySet[PageVersion]) -> QuerySet[PageVersion]:
    """With the people and the tags of each change, and never with a text."""
    return versions.select_related(
        "changeset__author", "changeset__publisher"
    ).prefetch_related("changeset__tags")


def slice_of(
    versions: QuerySet[PageVersion],
    *,
    key: str,
    before: int | None,
    after: int | None,
    request: HttpRequest,
    home: Home | None = None,
    size: int = PER_PAGE,
) -> Slice:
    """The page of a list that ends before or begins after a key, newest first.

    Costs the same at the end of a long list as at its beginning: nothing is skipped.
    """
    found = for_lists(versions)
    if after is not None:
        following = found.filter(**{f"{key}__gt": after}).order_by(key)
        rows = list(following[: size + 1])
        more = len(rows) > size
        rows = rows[:size][::-1]
        older, newer = bool(rows), more
    else:
        if before is not None:
            found = found.filter(**{f"{key}__lt": before})
        rows = list(found.order_by(f"-{key}")[: size + 1])
        older, newer = len(rows) > size, before is not None
        rows = rows[:size]
    return Slice(
        entries_of(rows, request=request, home=home),
        older=getattr(rows[-1], key) if older and rows else None,
        newer=getattr(rows[0], key) if newer and rows else None,
    )


def entries_of(
    versions: Sequence[PageVersion],
    *,
    request: HttpRequest,
    home: Home | None = None,
    reader: Any = None,
) -> list[Entry]:
    """Each version as a reader may see it: who asks, unless another one is named.

    `home` is given when all are of one object; else each is looked up, in one query.
    """
    homes = {} if home else _homes(versions, request)
    hidings = hidings_of(versions)
    sees_all = may_read_hidden(reader or request.user)
    return [
        _entry(v, home or homes[v.pk], hidings.get(v.pk), sees_all) for v in versions
    ]


def _entry(
    version: PageVersion, home: Home, hiding: Suppression | None, sees_all: bool
) -> Entry:
    shows_text = sees_all or not version.text_hidden
    names = version.changed_facts if version.operation == Operation.EDIT else []
    model = ContentType.objects.get_for_id(version.content_type_id).model_class()
    labels = list(dict.fromkeys(label_of(model, name) for name in names if model))
    return Entry(
        version,
        home,
        title=version.title if shows_text else "",
        facts=labels[:MOST_LABELS] if shows_text else [],
        more_facts=max(0, len(labels) - MOST_LABELS) if shows_text else 0,
        hiding=hiding,
    )


def _homes(versions: Iterable[PageVersion], request: HttpRequest) -> dict[int, Home]:
    site = Site.find_for_request(request)
    root = site.root_page.url_path if site else ""
    keys = {version.page_id for version in versions if version.page_id}
    paths = dict(Page.objects.filter(pk__in=keys).values_list("pk", "url_path"))
    return {
        version.pk: Home(
            version.object_uuid,
            paths[version.page_id].removeprefix(root)
            if version.page_id in paths
            else None,
        )
        for version in versions
    }


def _day_of(entry: Entry) -> date:
    return entry.day
