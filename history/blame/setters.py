"""Which versions set a fact: the newest and the earlier ones, of one or of all."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from core.models import ContentPage
from core.rows import row_models
from history.blame.paths import FactPath, parts_of
from history.blame.values import in_order_of_fields
from history.content import facts_in
from history.facts import label_of, seen
from history.models import FactChange, ObjectHead, PageVersion
from history.reading import CannotRead, contents_of_versions

PER_PAGE = 20
IDENTITIES = frozenset({"pk", "uuid"})


@dataclass(frozen=True, slots=True)
class Setting:
    """A version that set a fact, and the value it gave it.

    `why_not` says why the value is not to be had; `is_gone` that it took it away.
    """

    version: PageVersion
    value: Any = None
    why_not: str = ""

    @property
    def is_gone(self) -> bool:
        return not self.why_not and self.value in (None, "", [])


@dataclass(frozen=True, slots=True)
class FactNow:
    """A fact of the newest version, and the version that set it."""

    path: FactPath
    label: str
    value: Any
    version: PageVersion


def head_of(page: ContentPage) -> PageVersion | None:
    """The newest version of a page."""
    head = (
        ObjectHead.objects.select_related(
            "version__changeset__author",
            "version__changeset__publisher",
            "version__payload",
        )
        .filter(object_uuid=page.uuid)
        .first()
    )
    return head.version if head else None


def settings_of(
    page: ContentPage, path: FactPath, *, reader: Any, before: int | None = None
) -> tuple[list[Setting], bool]:
    """Versions that set a fact, newest first, and whether there are earlier ones.

    The first version of the page is the last of them: it set what nobody changed.
    """
    changes = path.changes(page.uuid).order_by("-version_id")
    if before is not None:
        # The index is ordered by keys; numbers would have to be looked up one by one.
        end = PageVersion.objects.filter(object_uuid=page.uuid, seq__gte=before)
        key = end.order_by("seq").values_list("pk", flat=True).first()
        if key is not None:
            changes = changes.filter(version_id__lt=key)
    keys = changes.values_list("version_id", flat=True).distinct()[: PER_PAGE + 1]
    versions = list(_with_people().filter(pk__in=list(keys)).order_by("-seq"))
    has_more = len(versions) > PER_PAGE
    versions = versions[:PER_PAGE]
    if not has_more and (before is None or before > 1):
        versions += _with_people().filter(object_uuid=page.uuid, seq=1)
    found = read_each(versions, reader=reader)
    settings = [
        Setting(version, why_not=content)
        if isinstance(content, str)
        else Setting(version, path.value_in(content))
        for version, content in found
    ]
    # A first version that says nothing of a row did not set it.
    while settings and settings[-1].is_gone and settings[-1].version.seq == 1:
        settings.pop()
    return settings, has_more


def read_each(
    versions: list[PageVersion], *, reader: Any
) -> list[tuple[PageVersion, dict[str, Any] | str]]:
    """Each version with its content, or in words why that cannot be read."""
    problems: dict[int, str] = {}
    contents: dict[int, dict[str, Any]] = {}
    left = {version.pk: version for version in versions}
    while left and not contents:
        try:
            contents = contents_of_versions(left.values(), reader=reader)
        except CannotRead as error:
            problems[error.version.pk] = str(error)
            del left[error.version.pk]
    return [
        (version, contents.get(version.pk, problems.get(version.pk, "")))
        for version in versions
    ]


def facts_now(
    page: ContentPage, head: PageVersion, content: dict[str, Any]
) -> list[FactNow]:
    """Every fact of the newest version, in the order of the model's fields.

    The number of queries does not depend on the length of the history.
    """
    model: Any = type(page)
    newest = dict(
        FactChange.objects.filter(object_uuid=page.uuid)
        .order_by()
        .values_list("path")
        .annotate(Max("version_id"))
    )
    first = _with_people().filter(object_uuid=page.uuid, seq=1).first() or head
    pieces = list(_pieces(model, seen(content)))
    setter = {path: _newest_of(path, newest) for path, _ in pieces}
    versions = _with_people().in_bulk({pk for pk in setter.values() if pk})
    # What one version set of one row is one line.
    lines: dict[tuple[FactPath, int | None], dict[FactPath, Any]] = defaultdict(dict)
    for path, value in pieces:
        lines[path.whole, setter[path]][path] = value
    return [
        _line(model, whole, values, versions.get(key or 0, first))
        for (whole, key), values in lines.items()
    ]


def _line(
    model: Any, whole: FactPath, values: dict[FactPath, Any], version: PageVersion
) -> FactNow:
    if len(values) == 1:
        ((path, value),) = values.items()
        return FactNow(path, label_of(model, str(path)), value, version)
    row = {path.name: value for path, value in values.items()}
    return FactNow(whole, label_of(model, str(whole)), row, version)


def _newest_of(path: FactPath, newest: dict[str, int]) -> int | None:
    known = [newest[str(p)] for p in {path, path.whole} if str(p) in newest]
    return max(known, default=None)


def _pieces(model: Any, content: dict[str, Any]) -> Iterator[tuple[FactPath, Any]]:
    """Everything a content says, down to the columns of rows, with its path."""
    for fact in in_order_of_fields(model, content):
        value = content[fact]
        if fact in IDENTITIES or value in (None, "", [], "[]"):
            continue
        parts = parts_of(value)
        if not parts:
            yield FactPath(fact), value
        for identity, part in parts.items():
            if {"type", "value"} <= part.keys():
                yield FactPath(fact, identity), part
                continue
            for name in in_order_of_fields(row_models(model).get(fact), part):
                if name not in IDENTITIES and part[name] not in (None, ""):
                    yield FactPath(fact, identity, name), part[name]


def is_known(page: ContentPage, path: FactPath, content: dict[str, Any]) -> bool:
    """Whether a page has, or ever had, a fact of that path."""
    facts = facts_in(type(page), dict.fromkeys([path.fact]))
    if path.fact not in facts or path.fact in IDENTITIES:
        return False
    if path.value_in(content) is not None:
        return True
    if not path.part:
        return path.fact in content or path.changes(page.uuid).exists()
    return path.changes(page.uuid).exists()


def _with_people() -> QuerySet[PageVersion]:
    return PageVersion.objects.select_related(
        "changeset__author", "changeset__publisher", "payload"
    )
