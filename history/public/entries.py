"""What a list of versions shows of each, and how it is cut into pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from wagtail.models import Page

from core.wording import in_a_sentence
from history.addresses import Home, root_path_of
from history.facts import label_of
from history.models import ChangeKind, Operation, PageVersion, Suppression
from history.public.lines import Line, lines_of
from history.reading import may_read_hidden
from history.suppression.finding import hidings_of
from history.templatetags.blame import HIDDEN, signature

PER_PAGE = 50
MOST_LABELS = 6
# Kinds that say more than what became of the object.
TELLING = frozenset(
    {ChangeKind.REVERT, ChangeKind.IMPORT, ChangeKind.COPY, ChangeKind.MERGE}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One version as a list shows it to one reader; hidden parts are left out."""

    pk: int
    home: Home
    seq: int
    number: int
    what: str
    made_at: datetime
    title: str
    growth: int
    facts: list[str]
    more_facts: int
    who: str
    author_id: int | None
    author: str | None
    reason: str
    source: str
    tags: tuple[tuple[str, str], ...]
    hiding: Suppression | None
    url: str
    changes_url: str
    change_url: str

    @property
    def bytes_changed(self) -> int:
        """Its growth without a sign, which decides between byte and bytes."""
        return abs(self.growth)

    @property
    def day(self) -> date:
        return self.made_at.date()


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


class Cut(NamedTuple):
    """The lines of one page of a list, and the keys where its neighbours begin."""

    lines: list[Line]
    older: int | None
    newer: int | None

    def shown(self, request: HttpRequest, home: Home | None = None) -> Slice:
        """As the one who asks may see it; `home` as for `entries_of`."""
        entries = entries_of(self.lines, request=request, home=home)
        return Slice(entries, self.older, self.newer)


def cut_of(
    versions: QuerySet[PageVersion],
    *,
    key: str,
    before: int | None,
    after: int | None,
    size: int = PER_PAGE,
) -> Cut:
    """The page of a list that ends before or begins after a key, newest first.

    Costs the same at the end of a long list as at its beginning: nothing is skipped.
    """
    if after is not None:
        following = versions.filter(**{f"{key}__gt": after}).order_by(key)
        lines = lines_of(following[: size + 1])
        more = len(lines) > size
        lines = lines[:size][::-1]
        older, newer = bool(lines), more
    else:
        if before is not None:
            versions = versions.filter(**{f"{key}__lt": before})
        lines = lines_of(versions.order_by(f"-{key}")[: size + 1])
        older, newer = len(lines) > size, before is not None
        lines = lines[:size]
    return Cut(
        lines,
        older=getattr(lines[-1], key) if older and lines else None,
        newer=getattr(lines[0], key) if newer and lines else None,
    )


def entries_of(
    lines: Sequence[Line],
    *,
    request: HttpRequest,
    home: Home | None = None,
    reader: Any = None,
) -> list[Entry]:
    """Each version as a reader may see it: who asks, unless another one is named.

    `home` is given when all are of one object; else each is looked up, in one query.
    """
    homes = {} if home else _homes(lines, request)
    hidings = hidings_of([line for line in lines if line.is_hidden])
    sees_all = may_read_hidden(reader or request.user)
    changes = reverse("history:recent")
    return [
        _entry(line, home or homes[line.pk], hidings.get(line.pk), changes, sees_all)
        for line in lines
    ]


def _entry(
    line: Line, home: Home, hiding: Suppression | None, changes: str, sees_all: bool
) -> Entry:
    shows_text = sees_all or not line.text_hidden
    labels = _labels(line) if shows_text else []
    return Entry(
        pk=line.pk,
        home=home,
        seq=line.seq,
        number=line.number,
        what=_what(line.operation, line.kind),
        made_at=line.made_at,
        title=line.title if shows_text else "",
        growth=line.growth,
        facts=labels[:MOST_LABELS],
        more_facts=max(0, len(labels) - MOST_LABELS),
        who=_who(line),
        author_id=None if line.author_hidden else line.author_id,
        author=None if line.author_hidden else line.author,
        reason="" if line.reason_hidden else line.reason,
        source="" if line.reason_hidden else line.source,
        tags=line.tags,
        hiding=hiding,
        url=home.version(line.seq),
        changes_url=home.diff(line.seq - 1, line.seq) if line.seq > 1 else "",
        change_url=f"{changes}{line.number}/",
    )


def _what(operation: str, kind: str) -> str:
    told = str(Operation(operation).label)
    if kind not in TELLING:
        return told
    return f"{told} ({in_a_sentence(ChangeKind(kind).label)})"


def _who(line: Line) -> str:
    if line.author_hidden:
        return gettext(HIDDEN)
    is_other = line.publisher_id != line.author_id
    return signature(line.author, line.publisher if is_other else None)


def _labels(line: Line) -> list[str]:
    model = ContentType.objects.get_for_id(line.content_type_id).model_class()
    if model is None or line.operation != Operation.EDIT:
        return []
    return list(dict.fromkeys(label_of(model, name) for name in line.changed_facts))


def _homes(lines: Iterable[Line], request: HttpRequest) -> dict[int, Home]:
    root = root_path_of(request) or ""
    keys = {line.page_id for line in lines if line.page_id}
    paths = dict(Page.objects.filter(pk__in=keys).values_list("pk", "url_path"))
    return {
        line.pk: Home(
            line.object_uuid,
            paths[line.page_id].removeprefix(root) if line.page_id in paths else None,
        )
        for line in lines
    }


def _day_of(entry: Entry) -> date:
    return entry.day
