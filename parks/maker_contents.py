"""What the public pages of companies and ride models show."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from wagtail.models import Page

from core.wording import in_a_sentence
from parks.choices import CreditRole
from parks.contents import Context, frame, linked
from parks.gathering import (
    STEP,
    Part,
    PublicPages,
    look_up,
    model_at,
    rows_of,
    trail_of,
)
from parks.listing import page_of
from parks.rides_shown import (
    ListedRide,
    in_the_order,
    list_rides,
    listed,
    pages_beside,
    ride_parts,
)

RIDES_PER_PAGE = 50


def company_context(company: Any, request: HttpRequest) -> Context:
    """A company with the rides it had a hand in and the parks it ran."""
    public = PublicPages()
    ride_model = model_at(type(company), "ride_credits", "page")
    made = public.among(
        ride_model.objects.filter(pk__in=company.ride_credits.values("page"))
    )
    slice_ = page_of(request, made.newest_first(), size=RIDES_PER_PAGE)
    order = list(slice_.object_list.values_list("pk", flat=True))
    rows = rows_of(
        company,
        request,
        {
            **ride_parts(ride_model.objects.filter(pk__in=order)),
            "hands": Part(company.ride_credits.filter(page__in=order)),
            "terms": Part(public.through(company.park_terms.all())),
        },
    )
    links = look_up(
        public,
        page_ids=[
            company.succeeded_by_id,
            *(term.page_id for term in rows["terms"]),
            *pages_beside(rows),
        ],
        page_paths=[*trail_of(company), *(r.path[:-STEP] for r in rows["rides"])],
        more={
            "models": _titles(public, company.ride_models),
            "predecessors": _titles(public, company.predecessors),
        },
    )
    touring = ride_model.objects.child_of(company) if company.numchild else None
    return {
        **frame(request, company, links),
        "former_names": [n for n in rows["names"] if not n.is_current_official],
        "current_name": next((n for n in rows["names"] if n.is_current_official), None),
        "slice": slice_,
        "rides": _with_hands(
            listed(in_the_order(order, rows["rides"]), rows, links), rows["hands"]
        ),
        "terms": sorted(
            linked(rows["terms"], "page_id", links), key=lambda term: term.page.title
        ),
        "touring": list_rides(public, public.among(touring).by_name())
        if touring is not None
        else [],
        "models": sorted(links.others["models"], key=lambda page: page.title),
        "predecessors": links.others["predecessors"],
        "successor": links.pages.get(company.succeeded_by_id or 0),
        "sources": rows["sources"],
    }


def _titles(public: PublicPages, pages: Any) -> Part:
    """Pages of another table, as far as a link needs them."""
    found = Page.objects.filter(pk__in=pages.values("pk"))
    return Part(public.among(found), ("id", "path", "depth", "title", "url_path"))


def _with_hands(rides: list[ListedRide], credits_: list[Any]) -> list[ListedRide]:
    """Rides, each saying what the company did where it was not simply the maker."""
    roles: dict[int, list[str]] = defaultdict(list)
    for credit in credits_:
        roles[credit.page_id].append(credit.role)
    return [replace(ride, note=_in_words(roles[ride.ride.pk])) for ride in rides]


def _in_words(roles: list[str]) -> str:
    if set(roles) == {CreditRole.MANUFACTURER}:
        return ""
    return ", ".join(
        in_a_sentence(CreditRole(role).label) for role in dict.fromkeys(roles)
    )


def ride_model_context(model: Any, request: HttpRequest) -> Context:
    """A ride model with its maker and the rides built to it, oldest first."""
    public = PublicPages()
    rides = public.among(model.rides.all()).oldest_first()
    slice_ = page_of(request, rides, size=RIDES_PER_PAGE)
    order = list(slice_.object_list.values_list("pk", flat=True))
    rows = rows_of(
        model, request, ride_parts(model.rides.model.objects.filter(pk__in=order))
    )
    links = look_up(
        public,
        page_ids=[model.manufacturer_id, *pages_beside(rows)],
        page_paths=[*trail_of(model), *(r.path[:-STEP] for r in rows["rides"])],
    )
    return {
        **frame(request, model, links),
        "maker": links.pages.get(model.manufacturer_id or 0),
        "slice": slice_,
        "rides": listed(in_the_order(order, rows["rides"]), rows, links),
        "sources": rows["sources"],
    }
