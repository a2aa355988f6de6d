"""Finding the page for an address in one step."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    _Page = object


class RoutesByAddress(_Page):
    """Looks a page up by its whole address instead of walking down the tree.

    The walk costs two queries per level; addresses are unique (core/migrations).
    What is not found here takes the stock walk, so that a page with routes of its
    own below it still works.
    """

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if path_components:
            page = _page_at(f"{self.url_path}{'/'.join(path_components)}/")
            if page is not None:
                return RouteResult(page)
        return super().route(request, path_components)


def route_at_once(request: HttpRequest, path: str) -> None:
    """Tell Wagtail the page of an address without reading the front page first."""
    site = Site.find_for_request(request)
    components = [component for component in path.split("/") if component]
    if site is None or not components:
        return
    page = _page_at(f"{site.root_page.url_path}{'/'.join(components)}/")
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # Wagtail's own place for it


def _page_at(address: str) -> Any:
    return Page.objects.live().filter(url_path=address).specific().first()
