"""Another state of the wiki than the published one, shown to one reader.

Rooms that know nothing of branches ask here. An overlay lies over what is published
only while a page is made for whoever chose it: nothing made with it is kept.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Protocol

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wagtail.models import Page

from core.past import asks_for_another_day
from core.wording import Words

View = Callable[..., HttpResponseBase]

READING = ("GET", "HEAD")


class Overlay(Protocol):
    """What a reader sees instead of what is published.

    As long as it lies over the tables (core/layers.py), they say what it says. A page
    that it makes carries its rows and cannot be saved. It says in `differs_here` what
    is otherwise about it, and in `published_address` where its record is, which is
    nowhere for what is new.
    """

    @property
    def changed(self) -> frozenset[int]:
        """Keys of the pages of which facts, name or place are otherwise or gone."""

    def lie_over(self) -> AbstractContextManager[Any]:
        """Have the tables of pages say what it says, to this connection only."""

    def serve(self, request: HttpRequest, path: str) -> HttpResponseBase:
        """The answer to an address. Raises Http404."""

    def adjust(self, page: Page) -> bool:
        """Give a page the name, address and mark it has here; False if it is gone.

        Asks no database.
        """

    def leave_out(self, what: Words) -> None:
        """Tell the reader in a sentence what this page cannot show as it would be."""


_shown: ContextVar[Overlay | None] = ContextVar("overlay", default=None)


def the_overlay() -> Overlay | None:
    """What lies over the published wiki while a page is made; mostly nothing."""
    return _shown.get()


def overlay_for(request: HttpRequest) -> Overlay | None:
    """What the reader has chosen to look at instead of the published wiki."""
    return getattr(request, "overlay", None)


def marked(pages: Iterable[Any]) -> list[Any]:
    """Pages that a table gave, with a mark on those that are otherwise here."""
    found = list(pages)
    if (overlay := the_overlay()) is not None:
        for page in found:
            overlay.adjust(page)
    return found


def serve_through(
    overlay: Overlay, request: HttpRequest, path: str
) -> HttpResponseBase | None:
    """The page at an address as the overlay has it, whole; None to see the published.

    Other days are days of what was published, and what is sent to a page is about that.
    """
    if request.method not in READING or asks_for_another_day(request.GET):
        return None
    with shown(overlay):
        return _whole(overlay.serve(request, path))


def shows_overlay(view: View) -> View:
    """A view that shows what the reader has chosen to look at, where that is not it.

    Only for a view that changes nothing, whatever is sent to it.
    """

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if (overlay := overlay_for(request)) is None:
            return view(request, *args, **kwargs)
        seen: Any = request
        seen.is_seen_on_branch = True
        with shown(overlay):
            return _whole(view(request, *args, **kwargs))

    return serve


@contextmanager
def shown(overlay: Overlay) -> Iterator[None]:
    """Have the overlay lie over everything for as long as a page is made."""
    token = _shown.set(overlay)
    try:
        with overlay.lie_over():
            yield
    finally:
        _shown.reset(token)


def _whole(response: Any) -> HttpResponseBase:
    """The response with everything that asks for the overlay when it is made."""
    if hasattr(response, "render"):
        response.render()
    elif response.streaming:
        response.streaming_content = list(response.streaming_content)
    made: HttpResponseBase = response
    return made
