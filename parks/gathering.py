"""Many small tables in one query, and the pages and photos that rows point at.

A park page shows a dozen relations. One query each would break the budget of a page,
so their rows travel as JSON through one UNION ALL.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import CharField, Func, JSONField, Q, QuerySet, Value
from django.db.models.sql import Query
from django.http import HttpRequest

from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from core.fields import DerivedColumn
from core.overlay import Overlay, the_overlay
from photos.models import LicenceType

Rows = list[Any]

PAGE_FIELDS = ("id", "path", "depth", "title", "slug", "url_path")
# What a list shows of a ride, and nothing as long as its story.
RIDE_FIELDS = (
    *(*PAGE_FIELDS, "page_ptr_id", "live", "category", "status"),
    *("opened", "closed", "model_id", "layout_id", "lead_photo_id"),
    *("replaces_id", "derived_from_id"),
)
PHOTO_FIELDS = (
    *("id", "title", "file", "file_hash", "width", "height", "description", "credit"),
    *("licence_id", "focal_point_x", "focal_point_y"),
    *("focal_point_width", "focal_point_height"),
    # Asked for whenever one size is, even if that is at hand.
    "file_hash",
)
STEP = Page.steplen


@dataclass(frozen=True, slots=True)
class Part:
    """Rows to read, and which of their columns; all when none are named."""

    rows: QuerySet[Any]
    columns: tuple[str, ...] = ()

    def fields(self) -> list[Any]:
        """The columns in model order; derived ones follow their text by themselves."""
        return [
            column
            for column in self.rows.model._meta.concrete_fields
            if not isinstance(column, DerivedColumn)
            and (not self.columns or column.attname in self.columns)
        ]


class PublicPages:
    """What everybody may read: live, and in no section with a view restriction.

    Reads the restrictions once; `.live().public()` would ask for each list anew.
    """

    def __init__(self) -> None:
        self.closed_paths = tuple(
            PageViewRestriction.objects.values_list("page__path", flat=True)
        )

    def among(self, pages: Any) -> Any:
        """The public ones of a QuerySet of pages."""
        return self._open(pages.filter(live=True), "path")

    def through(self, rows: Any, page: str = "page") -> Any:
        """The rows of a QuerySet whose `page` is public."""
        return self._open(rows.filter(**{f"{page}__live": True}), f"{page}__path")

    def has(self, page: Page | None) -> bool:
        return page is not None and page.live and not self._is_closed(page.path)

    def _open(self, rows: Any, path: str) -> Any:
        for closed in self.closed_paths:
            rows = rows.exclude(**{f"{path}__startswith": closed})
        return rows

    def _is_closed(self, path: str) -> bool:
        return path.startswith(self.closed_paths) if self.closed_paths else False


def gather(parts: Mapping[str, Part]) -> dict[str, Rows]:
    """The rows of every part by its name, in one query."""
    found: dict[str, Rows] = {name: [] for name in parts}
    fields = {name: part.fields() for name, part in parts.items()}
    for name, row in _union(parts, fields):
        found[name].append(_instance(parts[name], fields[name], row))
    for name, rows in found.items():
        if any(column.attname == "sort_order" for column in fields[name]):
            rows.sort(key=lambda row: (row.sort_order or 0, row.pk))
    if (overlay := the_overlay()) is not None:
        return {name: _seen_through(overlay, rows) for name, rows in found.items()}
    return found


def _union(
    parts: Mapping[str, Part], fields: Mapping[str, list[Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with the name of its part.

    The statements are put together here, because most of what `union` does to a dozen
    QuerySets is of no use to rows that travel as JSON, and takes longer than the query.
    """
    statements: list[str] = []
    values: list[Any] = []
    for name, part in parts.items():
        with suppress(EmptyResultSet):
            statement, some = _as_json(name, part, fields[name]).sql_with_params()
            statements.append(statement)
            values += some
    if not statements:
        return
    with connections[next(iter(parts.values())).rows.db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        for name, row in cursor.fetchall():
            yield name, json.loads(row)


def _seen_through(overlay: Overlay, rows: Rows) -> Rows:
    """Rows of which the pages have the names they have there, if they are there."""
    return [row for row in rows if not isinstance(row, Page) or overlay.adjust(row)]


def _as_json(name: str, part: Part, fields: list[Any]) -> Query:
    query = part.rows.order_by().query
    # As `annotate` does, which would first look for the names among all columns.
    query.add_annotation(Value(name, CharField()), "part_name")
    query.add_annotation(RowAsJSON(fields), "part_row")
    query.set_values(("part_name", "part_row"))
    return query


class RowAsJSON(Func):
    """What `JSONObject` makes of columns, each found and written without a detour."""

    function = "JSON_OBJECT"
    output_field = JSONField()

    def __init__(self, columns: list[Any]) -> None:
        super().__init__()
        self.columns = columns

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> Any:
        resolved = self.copy()
        known = _Aliases(query)
        resolved.set_source_expressions([known.column(one) for one in self.columns])
        return resolved

    def as_sql(  # type: ignore[override]  # needs no other words
        self, compiler: Any, connection: Any, *, function: str = function, **kwargs: Any
    ) -> Any:
        quote = compiler.quote_name_unless_alias
        sources = self.get_source_expressions()
        pairs = (
            f"'{name.attname}', {quote(found.alias)}.{quote(found.target.column)}"
            for name, found in zip(self.columns, sources, strict=True)
        )
        return f"{function}({', '.join(pairs)})", []

    def as_postgresql(self, compiler: Any, connection: Any, **kwargs: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_OBJECT")


class _Aliases:
    """Under which names a query has the tables of a model and of those it extends."""

    def __init__(self, query: Any) -> None:
        self.query = query
        self.known = {query.get_meta().concrete_model: query.get_initial_alias()}

    def column(self, field: Any) -> Any:
        if alias := self.known.get(field.model):
            return field.get_col(alias)
        found = self.query.resolve_ref(field.attname)
        # Its key is at hand without the table.
        if not field.primary_key:
            self.known[field.model] = found.alias
        return found


def _instance(part: Part, fields: list[Any], row: dict[str, Any]) -> Any:
    values = [_value(column, row[column.attname]) for column in fields]
    return part.rows.model.from_db(
        part.rows.db, [column.attname for column in fields], values
    )


def _value(column: Any, written: Any) -> Any:
    value = column.to_python(written)
    if isinstance(value, Decimal):
        # From a number of JSON it comes with as many places as fit.
        return round(value, column.decimal_places)
    return value


def model_at(model: Any, *relations: str) -> Any:
    """The model at the end of a chain of relations, so that none need be imported."""
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model


def own_rows(page: Any) -> dict[str, Part]:
    """A part for each relation whose rows are the page's content."""
    return {
        name: Part(model_at(type(page), name).objects.filter(page=page.pk))
        for name in page.row_relations()
    }


def carries_its_rows(page: Any, request: HttpRequest) -> bool:
    """Whether the page brings its rows along, because no table holds them.

    A preview shows what is on the editor's screen, the past what a version holds, an
    overlay what is not published yet.
    """
    return getattr(request, "is_preview", False) or page.carries_its_rows


def rows_of(
    page: Any, request: HttpRequest, more: Mapping[str, Part] | None = None
) -> dict[str, Rows]:
    """The page's rows and those of further parts, in one query."""
    if carries_its_rows(page, request):
        return (gather(more) if more else {}) | page.rows_in_memory()
    return gather({**own_rows(page), **(more or {})})


@dataclass(slots=True)
class Links:
    """What rows point at, looked up together. Pages that are not public are absent."""

    pages: dict[int, Page] = field(default_factory=dict)
    by_path: dict[str, Page] = field(default_factory=dict)
    photos: dict[int, Any] = field(default_factory=dict)
    others: dict[str, Rows] = field(default_factory=dict)

    def above(self, page: Page) -> Page | None:
        """The page it stands under."""
        return self.by_path.get(page.path[:-STEP])

    def trail(self, page: Page) -> list[Page]:
        """The pages above it, from the front page down."""
        return [self.by_path[path] for path in trail_of(page) if path in self.by_path]

    def photo(self, pk: int | None) -> Any:
        return self.photos.get(pk) if pk else None


def below(page: Page) -> Q:
    """Pages right below a page, by a range of paths that the index serves."""
    first, last = page.path + "0" * STEP, page.path + "Z" * STEP
    return Q(path__range=(first, last), depth=page.depth + 1)


def trail_of(page: Page) -> list[str]:
    """Paths of the pages above, without the root of the tree."""
    return [page.path[:end] for end in range(2 * STEP, len(page.path), STEP)]


def look_up(
    public: PublicPages,
    *,
    page_ids: Iterable[int | None] = (),
    page_paths: Iterable[str] = (),
    photo_ids: Iterable[int | None] = (),
    more: Mapping[str, Part] | None = None,
) -> Links:
    """Pages, photos with their renditions and further parts, in one query."""
    ids = {pk for pk in page_ids if pk}
    paths = set(page_paths)
    wanted_photos = {pk for pk in photo_ids if pk}
    pages = public.among(Page.objects.all())
    parts = {
        "by_id": Part(pages.filter(pk__in=ids), PAGE_FIELDS),
        "by_path": Part(pages.filter(path__in=paths), PAGE_FIELDS),
        **_photo_parts(wanted_photos),
        **(more or {}),
    }
    found = gather(parts)
    by_path = {page.path: page for page in found.pop("by_path")}
    return Links(
        pages={page.pk: page for page in found.pop("by_id")},
        by_path=by_path,
        photos=_with_renditions(found),
        others=found,
    )


def _photo_parts(ids: set[int]) -> dict[str, Part]:
    photo = get_image_model()
    rendition = photo.get_rendition_model()
    return {
        "photos": Part(photo.objects.filter(pk__in=ids), PHOTO_FIELDS),
        "renditions": Part(rendition.objects.filter(image__in=ids)),
        "licences": Part(LicenceType.objects.all(), ("id", "name", "url"))
        if ids
        else Part(LicenceType.objects.none(), ("id", "name", "url")),
    }


def _with_renditions(found: dict[str, Rows]) -> dict[int, Any]:
    by_photo: dict[int, Rows] = defaultdict(list)
    for rendition in found.pop("renditions"):
        by_photo[rendition.image_id].append(rendition)
    licences = {licence.pk: licence for licence in found.pop("licences")}
    photos = {photo.pk: photo for photo in found.pop("photos")}
    for photo in photos.values():
        photo.prefetched_renditions = by_photo[photo.pk]
        for rendition in photo.prefetched_renditions:
            rendition.image = photo
        photo.licence = licences.get(photo.licence_id)
    return photos
