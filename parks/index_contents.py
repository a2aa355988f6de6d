"""What the lists of parks, companies and ride models show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.urls import reverse

from wagtail.models import Page

from core.overlay import marked
from parks.contents import Context, frame
from parks.countries import country_name, sorted_under
from parks.gathering import PublicPages, below, look_up, trail_of
from parks.listing import CompanyFilter, ModelFilter, ParkFilter, page_of

PARKS_PER_PAGE = 24
LINES_PER_PAGE = 60
COMPANIES_PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class ListedPark:
    """A park as it stands in a list."""

    park: Any
    photo: Any
    rides: int


def park_index_context(
    index: Any, request: HttpRequest, *, parks: Any, rides: Any
) -> Context:
    """The parks that pass the reader's filter. Raises BadRequest or Http404."""
    asked = ParkFilter.of(request)
    public = PublicPages()
    every = public.among(parks.child_of(index))
    in_lines = bool(asked.chosen("view"))
    slice_ = page_of(
        request,
        asked.apply(every).defer_streamfields(),
        size=LINES_PER_PAGE if in_lines else PARKS_PER_PAGE,
    )
    shown = marked(slice_.object_list)
    links = look_up(
        public,
        page_paths=trail_of(index),
        photo_ids=[] if in_lines else [park.lead_photo_id for park in shown],
    )
    counts = count_below(shown, public.among(rides))
    return {
        **frame(request, index, links),
        "asked": asked,
        "slice": slice_,
        "parks": [
            ListedPark(park, links.photo(park.lead_photo_id), counts[park.path])
            for park in shown
        ],
        "countries": _countries(every, asked.chosen("country")),
        "points_url": points_url(request) if asked.chosen("view") == "map" else "",
    }


def points_url(request: HttpRequest) -> str:
    """Where the points of every park that passes the filter are, not of one page."""
    query = request.GET.copy()
    for name in ("view", "page", "sort"):
        query.pop(name, None)
    return f"{reverse('parks:points')}?{query.urlencode()}"


def count_below(pages: Iterable[Page], children: Any) -> Counter[str]:
    """How many of `children` stand right below each page, by the page's path."""
    under_any = Q()
    lengths = set()
    for page in pages:
        under_any |= below(page)
        lengths.add(len(page.path))
    if not lengths:
        return Counter()
    counted = (
        children.filter(under_any)
        .order_by()
        .annotate(above=Substr("path", 1, lengths.pop()))
        .values_list("above")
        .annotate(number=Count("pk"))
    )
    return Counter(dict(counted))


def _countries(parks: Any, chosen: str) -> list[tuple[str, str]]:
    codes = set(parks.order_by().values_list("country", flat=True).distinct())
    codes |= {chosen} - {""}
    return sorted(
        ((code, country_name(code)) for code in codes), key=lambda c: sorted_under(c[1])
    )


def company_index_context(
    index: Any, request: HttpRequest, *, companies: Any
) -> Context:
    """The companies that pass the reader's filter. Raises BadRequest or Http404."""
    return _plain_index(index, request, companies, CompanyFilter.of(request))


def ride_model_index_context(
    index: Any, request: HttpRequest, *, models: Any
) -> Context:
    """The models that pass the reader's filter, with their makers."""
    context = _plain_index(index, request, models, ModelFilter.of(request))
    makers = context["links"].pages
    context["models"] = [
        (model, makers.get(model.manufacturer_id)) for model in context["slice"]
    ]
    return context


def _plain_index(
    index: Any, request: HttpRequest, pages: Any, asked: CompanyFilter | ModelFilter
) -> Context:
    public = PublicPages()
    every = public.among(pages.child_of(index)).defer_streamfields()
    slice_ = page_of(request, asked.apply(every), size=COMPANIES_PER_PAGE)
    slice_.object_list = marked(slice_.object_list)
    makers = map(attrgetter("manufacturer_id"), slice_.object_list)
    links = look_up(
        public,
        page_paths=trail_of(index),
        page_ids=makers if isinstance(asked, ModelFilter) else (),
    )
    return {
        **frame(request, index, links),
        "asked": asked,
        "slice": slice_,
        "links": links,
    }
