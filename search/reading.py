"""Reading from the wiki what search has to know of its pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q

from wagtail.models import Page

from parks.gathering import STEP, Part, PublicPages, Rows, gather
from parks.models import (
    CompanyName,
    CompanyPage,
    MakerCredit,
    ParkName,
    ParkPage,
    ParkTerm,
    RideModelPage,
    RideName,
    RidePage,
    RideStay,
)
from search.documents import Subject
from search.models import Kind
from search.subjects import SUBJECT_OF, Around, Named, Row

Pages: TypeAlias = Mapping[Kind, list[Row]]

MODEL_OF: dict[Kind, Any] = {
    Kind.PARK: ParkPage,
    Kind.RIDE: RidePage,
    Kind.MAKER: CompanyPage,
    Kind.MODEL: RideModelPage,
}
COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.PARK: ("country", "subdivision", "city", "park_type", "status", "numchild"),
    Kind.RIDE: ("path", "category", "material", "intensity", "status", "model_id"),
    Kind.MAKER: (
        *("country", "kind", "dissolved"),
        *(f"is_{role}" for role in CompanyPage.ROLES),
    ),
    Kind.MODEL: ("category", "manufacturer_id"),
}
# What other kinds take words over from.
LENDERS = (Kind.PARK, Kind.MAKER, Kind.MODEL)
TITLED = ("id", "path", "title", "page_ptr_id")
NAMES = ("id", "page_id", "text", "kind", "ended", "sort_order")


def read_subjects(ids: Iterable[int]) -> list[Subject]:
    """The public pages among these that can be found, as search knows them."""
    public = PublicPages()
    pages = _pages(set(ids), public)
    if not any(pages.values()):
        return []
    around = _around(pages, _rows(pages), public)
    return [SUBJECT_OF[kind](page, around) for kind in pages for page in pages[kind]]


def dependents_of(lenders: Iterable[int]) -> set[int]:
    """Pages that take words over from these: rides, and models and parks of makers."""
    ids = list(lenders)
    rides = RideStay.objects.filter(Q(park__in=ids) | Q(operator__in=ids))
    models = RideModelPage.objects.filter(manufacturer__in=ids)
    rows = (
        rides.order_by().values_list("page_id"),
        MakerCredit.objects.filter(company__in=ids).order_by().values_list("page_id"),
        ParkTerm.objects.filter(company__in=ids).order_by().values_list("page_id"),
        RidePage.objects.filter(model__in=ids).order_by().values_list("pk"),
        models.order_by().values_list("pk"),
    )
    return {pk for (pk,) in rows[0].union(*rows[1:])}


def _pages(ids: set[int], public: PublicPages) -> Pages:
    by_type: dict[int, list[int]] = defaultdict(list)
    types = Page.objects.filter(pk__in=ids).values_list("content_type_id", "pk")
    for content_type, pk in types:
        by_type[content_type].append(pk)
    found = {}
    for kind, model in MODEL_OF.items():
        wanted = by_type[ContentType.objects.get_for_model(model).pk]
        pages = public.among(model.objects.filter(pk__in=wanted))
        rows = pages.values("pk", "title", "body", *COLUMNS[kind])
        found[kind] = list(rows) if wanted else []
    return found


def _rows(pages: Pages) -> dict[str, Rows]:
    parks, rides, makers = (
        _ids(pages[kind]) for kind in (Kind.PARK, Kind.RIDE, Kind.MAKER)
    )
    credited = ("id", "page_id", "company_id", "sort_order")
    stood = ("id", "page_id", "park_id", "operator_id", "sort_order")
    return gather(
        {
            "ride_names": Part(RideName.objects.filter(page__in=rides), NAMES),
            "park_names": Part(ParkName.objects.filter(page__in=parks), NAMES),
            "maker_names": Part(CompanyName.objects.filter(page__in=makers), NAMES),
            "credits": Part(MakerCredit.objects.filter(page__in=rides), credited),
            "terms": Part(ParkTerm.objects.filter(page__in=parks), credited),
            "stays": Part(RideStay.objects.filter(page__in=rides), stood),
        }
    )


def _around(pages: Pages, rows: dict[str, Rows], public: PublicPages) -> Around:
    makers_of: dict[int, set[int]] = defaultdict(set)
    stood_at: dict[int, set[int]] = defaultdict(set)
    for row in (*rows["credits"], *rows["terms"]):
        makers_of[row.page_id].add(row.company_id)
    for stay in rows["stays"]:
        stood_at[stay.page_id].add(stay.park_id or stay.operator_id)
    others = _others(
        public,
        ids={
            *chain.from_iterable((*makers_of.values(), *stood_at.values())),
            *(ride["model_id"] for ride in pages[Kind.RIDE]),
            *(model["manufacturer_id"] for model in pages[Kind.MODEL]),
        },
        paths={ride["path"][:-STEP] for ride in pages[Kind.RIDE]},
    )
    titles = {page["pk"]: page["title"] for page in chain(*pages.values())}
    titles |= {page.pk: page.title for kind in LENDERS for page in others[kind.name]}
    names: dict[int, Rows] = defaultdict(list)
    for relation in ("ride_names", "park_names", "maker_names"):
        for name in (*rows[relation], *others.get(relation, ())):
            names[name.page_id].append(name)
    return Around(
        named={pk: _named(title, names[pk]) for pk, title in titles.items()},
        parks_at={park.path: park for park in others[Kind.PARK.name]},
        makers_of=makers_of,
        stood_at=stood_at,
        followers=_followers(pages),
    )


def _others(
    public: PublicPages, *, ids: set[int | None], paths: set[str]
) -> dict[str, Rows]:
    """The parks, makers and models with these keys, and parks at these paths."""
    known = ids - {None}
    near = Q(pk__in=known) | Q(path__in=paths)
    parks = public.among(ParkPage.objects.filter(near))
    makers = public.among(CompanyPage.objects.filter(pk__in=known))
    models = public.among(RideModelPage.objects.filter(pk__in=known))
    place = ("country", "subdivision", "city", "numchild")
    named: tuple[tuple[str, Any, Any], ...] = (
        ("park_names", ParkName, parks),
        ("maker_names", CompanyName, makers),
    )
    return gather(
        {
            Kind.PARK.name: Part(parks, (*TITLED, *place)),
            Kind.MAKER.name: Part(makers, TITLED),
            Kind.MODEL.name: Part(models, TITLED),
            **{
                relation: Part(model.objects.filter(page__in=pages.values("pk")), NAMES)
                for relation, model, pages in named
            },
        }
    )


def _named(title: str, names: Rows) -> Named:
    official = dict.fromkeys(
        [title, *(name.text for name in names if name.is_current_official)]
    )
    others = dict.fromkeys(name.text for name in names if name.text not in official)
    return Named(tuple(official), tuple(others))


def _followers(pages: Pages) -> dict[int, int]:
    """How many rides a maker or a model has, for those among the pages."""
    makers, models = _ids(pages[Kind.MAKER]), _ids(pages[Kind.MODEL])
    found: dict[int, int] = {}
    if makers:
        found |= _counted(MakerCredit.objects.filter(company__in=makers), "company")
    if models:
        found |= _counted(RidePage.objects.filter(model__in=models), "model")
    return found


def _counted(rows: Any, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(Count("pk")))


def _ids(pages: Iterable[Row]) -> list[int]:
    return [page["pk"] for page in pages]
