"""Another state of the wiki than the published one, shown to one reader.

Rooms that know nothing of branches ask here. An overlay lies over what is published
only while a page is made for whoever chose it: nothing made with it is kept.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wagtail.models import Page

from core.models import ContentPage
from core.past import asks_for_another_day


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Pages that are otherwise than published, and the keys of all that are."""

    pages: list[ContentPage] = field(default_factory=list)
    keys: frozenset[int] = frozenset()


class Overlay(Protocol):
    """What a reader sees instead of what is published.

    A page that it makes carries its rows and cannot be saved. It says in
    `differs_here` what is otherwise about it, and in `published_address` where its
    record is, which is nowhere for what is new.
    """

    def serve(self, request: HttpRequest, path: str) -> HttpResponseBase:
        """The answer to an address. Raises Http404."""

    def adjust(self, page: Page) -> bool:
        """Give a published page the name and address it has here; False if it is gone.

        Asks no database.
        """

    def pages_below(self, place: Page, also: Collection[int] = ()) -> Overlaid:
        """The pages right below a place that are otherwise here, and those of `also`.

        Only what everybody may read.
        """

    def new_page_at(self, tree_path: str) -> Page | None:
        """The name and address of a page that only exists here."""


_shown: ContextVar[Overlay | None] = ContextVar("overlay", default=None)


def the_overlay() -> Overlay | None:
    """What lies over the published wiki while a page is made; mostly nothing."""
    return _shown.get()


def overlay_for(request: HttpRequest) -> Overlay | None:
    """What the reader has chosen to look at instead of the published wiki."""
    return getattr(request, "overlay", None)


def serve_through(
    overlay: Overlay, request: HttpRequest, path: str
) -> HttpResponseBase | None:
    """The page at an address as the overlay has it, whole; None to see the published.

    Other days are days of what was published.
    """
    if asks_for_another_day(request.GET):
        return None
    with _shows(overlay):
        response: Any = overlay.serve(request, path)
        if hasattr(response, "render"):
            # Now: it asks for the overlay while it is made.
            response.render()
    made: HttpResponseBase = response
    return made


@contextmanager
def _shows(overlay: Overlay) -> Iterator[None]:
    token = _shown.set(overlay)
    try:
        yield
    finally:
        _shown.reset(token)
