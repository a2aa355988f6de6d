"""The lists of rides as readers meet them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.overlay import shows_overlay
from core.wording import Words
from parks.gathering import PublicPages
from parks.listing import page_of
from parks.lists.kinds import BY_SLUG, LISTS, RideList
from parks.lists.ranking import ranked
from parks.models import RidePage
from parks.rides_shown import list_rides
from parks.steps import HOME, Step
from parks.structured import breadcrumbs_data, item_list_data

RIDES_PER_PAGE = 50
# Ranks by a date would say the year twice.
MEASURED = frozenset({"height", "speed", "length", "inversions"})


@require_safe
@shows_overlay
def index(request: HttpRequest) -> HttpResponse:
    """Every list with what it is about."""
    groups: dict[Words, list[RideList]] = {}
    for kind in LISTS:
        groups.setdefault(kind.group, []).append(kind)
    context = {"groups": groups.items(), "trail": [HOME]}
    return render(request, "parks/lists/index.html", context)


@require_safe
@shows_overlay
def ride_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One list, a page at a time. Raises Http404."""
    kind = BY_SLUG.get(slug)
    if kind is None:
        raise Http404(_("There is no such list."))
    here = Step(str(kind.heading), reverse("parks:ride_list", args=[slug]))
    trail = [HOME, Step(_("Lists"), reverse("parks:ride_lists"))]
    public = PublicPages()
    rides = kind.choose(public.among(RidePage.objects.all()))
    slice_ = page_of(request, rides, size=RIDES_PER_PAGE)
    shown = kind.lines(public, slice_.object_list)
    context: dict[str, Any] = {
        "kind": kind,
        "slice": slice_,
        "rides": shown,
        "others": [other for other in LISTS if other.group == kind.group],
        "trail": trail,
        "canonical": here.get_full_url(request),
        "structured": [breadcrumbs_data(request, [*trail, here])],
    }
    if shown:
        rides_shown = [one.ride for one in shown]
        context["structured"].append(
            item_list_data(
                request, str(kind.heading), rides_shown, first=slice_.start_index()
            )
        )
    if kind.fact in MEASURED:
        first = slice_.start_index()
        top = list_rides(public, rides[:1]) if first > 1 else shown[:1]
        greatest = getattr(top[0], kind.fact) if top else None
        context["ranking"] = ranked(shown, kind.fact, first=first, greatest=greatest)
    return render(request, "parks/lists/list.html", context)
