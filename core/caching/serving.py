"""Serving the pages of the wiki: as they were kept, else made anew."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.functional import SimpleLazyObject

from wagtail import views

from core.caching.fragments import Fragments
from core.caching.keeping import Keeping, Kept
from core.overlay import overlay_for, serve_through
from core.routing import route_at_once


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at an address; with warm caches one question to the database."""
    if (overlay := overlay_for(request)) is not None:
        overlaid = serve_through(overlay, request, path)
        if overlaid is not None:
            return overlaid
    keeping, kept = Keeping.look_for(request)
    if keeping is not None and kept is not None:
        return _answer(request, keeping, kept)
    route_at_once(request, path)
    response: HttpResponseBase = views.serve(request, path)
    if keeping is not None:
        keeping.watch(response)
    return response


def _answer(request: HttpRequest, keeping: Keeping, kept: Kept) -> HttpResponse:
    response = _page(request, kept)
    if keeping.is_for_everybody:
        etag = keeping.etag(kept.stamp)
        response = get_conditional_response(request, etag=etag) or response
        response.headers["ETag"] = etag
    if kept.vary:
        response.headers["Vary"] = kept.vary
    return response


def _page(request: HttpRequest, kept: Kept) -> HttpResponse:
    # Unpacked by the template, if one is needed at all.
    fragments = SimpleLazyObject(lambda: Fragments(kept.parts()))
    return TemplateResponse(request, kept.template, {"fragments": fragments})
