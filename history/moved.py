"""Links to the past of a page go on to where the page is now.

Wagtail's redirects know the addresses that pages have left, and nothing below them:
the permanent link of a comparison would end with the next move.
"""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)

from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from core.middleware import AnswersErrors
from history.visibility import may_read_history


class MovedAway(Http404):
    """The page that was at this address is at another one."""

    def __init__(self, left: str, now: str) -> None:
        self.left, self.now = left, now
        super().__init__()


def absent(request: HttpRequest, root: str, address: str) -> Http404:
    """What to raise where there is no page: where it went, if this person may know."""
    redirect = get_redirect(request, Redirect.normalise_path(f"/{address}"))
    page = redirect.redirect_page if redirect is not None else None
    if page is None or not page.url_path.startswith(root):
        return Http404()
    if not may_read_history(request.user, page.specific):
        return Http404()
    return MovedAway(address, page.url_path.removeprefix(root))


class FollowMoves(AnswersErrors):
    """Leads whoever reads on to the new address."""

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        reads = request.method in ("GET", "HEAD")
        if not isinstance(exception, MovedAway) or not reads:
            return None
        to = request.path.replace(exception.left, exception.now, 1)
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{to}?{query}" if query else to)
