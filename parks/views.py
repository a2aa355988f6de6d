"""Addresses of parks that are no pages: points for maps, and countries."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.overlay import shows_overlay
from parks.countries import country_at, country_slug
from parks.country_contents import countries_context, country_context
from parks.gathering import PublicPages
from parks.listing import ParkFilter
from parks.map_points import POINT_FIELDS, points_of
from parks.models import ParkPage


@require_safe
@shows_overlay
def points(request: HttpRequest) -> HttpResponse:
    """Every public park that passes the filter of the list. Raises BadRequest."""
    asked = ParkFilter.of(request)
    parks = asked.apply(PublicPages().among(ParkPage.objects.all()))
    placed = parks.filter(latitude__isnull=False, longitude__isnull=False)
    return JsonResponse(points_of(placed.only(*POINT_FIELDS), request), safe=False)


@require_safe
@shows_overlay
def countries(request: HttpRequest) -> HttpResponse:
    """The countries that have a public park."""
    return render(request, "parks/countries.html", countries_context(request))


@require_safe
@shows_overlay
def country(request: HttpRequest, slug: str) -> HttpResponse:
    """One country. Its code leads to its name. Raises Http404."""
    code = country_at(slug)
    if not code:
        raise Http404(_("There is no such country."))
    if slug != country_slug(code):
        return redirect("parks:country", country_slug(code), permanent=True)
    return render(request, "parks/country.html", country_context(request, code))
