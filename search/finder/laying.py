"""The finder as it would be with what lies over the pages (core/overlay.py)."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.layers import the_layer
from core.overlay import overlay_for, shows_overlay, the_overlay
from parks.gathering import PublicPages, gather
from parks.models import RidePage
from search.finder.catalogue import Catalogue, keeper
from search.finder.deriving import facts_of, parts_of
from search.finder.models import RideFacts

View = Callable[..., HttpResponseBase]

# What this process keeps, as it was before anything lay over the tables.
_published: ContextVar[Catalogue] = ContextVar("published rides")


def finds_through_overlay(view: View) -> View:
    """A view of the finder that shows what the reader has chosen to look at."""
    overlaid = shows_overlay(view)

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if overlay_for(request) is None:
            return view(request, *args, **kwargs)
        # Read now: rides that lie over others must never get among those kept.
        token = _published.set(keeper.current(PublicPages()))
        try:
            return overlaid(request, *args, **kwargs)
        finally:
            _published.reset(token)

    return serve


def catalogue_for(public: PublicPages) -> Catalogue:
    """The rides to find among: those kept, with those that lie over them."""
    if (overlay := the_overlay()) is None:
        return keeper.current(public)
    changed = overlay.changed
    rides = changed | _touring_with(changed)
    _lay_facts(rides)
    return _published.get().with_others(rides=rides, parks=changed, public=public)


def _touring_with(companies: frozenset[int]) -> frozenset[int]:
    touring = RideFacts.objects.filter(operator__in=companies)
    return frozenset(touring.values_list("pk", flat=True))


def _lay_facts(rides: frozenset[int]) -> None:
    layer = the_layer()
    if layer is None or layer.lies_over(RideFacts):
        return
    # A park's own facts are read with its rides; which park a ride is in may be new.
    live = RidePage.objects.filter(Q(pk__in=rides), live=True)
    facts = facts_of(gather(parts_of(live)))
    layer.lay(RideFacts, facts, instead_of=rides, by="ride_id")
