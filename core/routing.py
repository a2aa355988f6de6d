"""Finding the page for an address in one step."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from wagtail.models import Page
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
            address = f"{self.url_path}{'/'.join(path_components)}/"
            page = Page.objects.live().filter(url_path=address).specific().first()
            if page is not None:
                return RouteResult(page)
        return super().route(request, path_components)
