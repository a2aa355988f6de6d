"""The wiki as a branch has it, for core/overlay.py."""

from collections.abc import Collection, Iterable
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail import views
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from branches.browsing.arranging import STEP, Arrangement
from branches.browsing.spots import Spot, spots_of
from branches.models import ItemOperation, Proposal
from branches.refusals import OnBranchOnly
from core.models import ContentPage
from core.overlay import Overlaid
from history.addresses import root_path_of
from history.remembered import page_in_memory, stand_at

MARKS = {
    ItemOperation.CREATE: _("new here"),
    ItemOperation.MOVE: _("moved here"),
    ItemOperation.RENAME: _("renamed here"),
}
DIFFERS = _("differs here")


class BranchOverlay:
    """What a branch says lies over what is published, while one reader looks.

    Pages show what the branch says, whatever main has published since: the branch
    brings it up to date, nobody else does.
    """

    def __init__(self, branch: Proposal) -> None:
        self.branch = branch

    @cached_property
    def arranged(self) -> Arrangement:
        return arrangement_of(self.branch)

    @cached_property
    def closed(self) -> tuple[str, ...]:
        """Paths of what not everybody may read."""
        paths = PageViewRestriction.objects.values_list("page__path", flat=True)
        return tuple(paths)

    def serve(self, request: HttpRequest, path: str) -> HttpResponseBase:
        """The page at an address of the branch. Raises Http404."""
        root = root_path_of(request)
        if root is None:
            raise Http404
        parts = [part for part in path.split("/") if part]
        address = "/".join([root.rstrip("/"), *parts, ""])
        spot = self.arranged.at(address)
        if spot is not None:
            return _served(request, path, self._page_of(request, spot))
        page = self._brought_along(address)
        if page is not None:
            return _served(request, path, page)
        page = _published_at(address)
        if page is None:
            return views.serve(request, path)
        now = self.arranged.address_now(address)
        if now is None:
            return self._removed(request)
        if now != address:
            return HttpResponseRedirect(_url(page, now, request))
        return _served(request, path, page)

    def adjust(self, page: Page) -> bool:
        """Give a published page the name and address it has on the branch."""
        known: Any = page
        if page.pk < 0:
            return True
        address = page.__dict__.get("url_path")
        now = self.arranged.address_now(address) if address else address
        spot = self.arranged.by_key.get(page.pk)
        if (now is None and address) or (spot is not None and spot.is_gone):
            return False
        if now:
            page.url_path = now
        if spot is not None:
            page.title = spot.title
            known.differs_here = _mark(spot)
        return True

    def pages_below(self, place: Page, also: Collection[int] = ()) -> Overlaid:
        """The pages of the branch right below a place, and those of `also`."""
        by_key = self.arranged.by_key
        chosen = {spot.key: spot for spot in self.arranged.right_below(place.path)}
        chosen |= {key: by_key[key] for key in also if key in by_key}
        readable = [spot for spot in chosen.values() if self._is_public(spot)]
        pages = self._made(readable)
        keys = frozenset(chosen) & (frozenset(page.pk for page in pages) | self._gone)
        return Overlaid(pages, keys)

    def new_page_at(self, tree_path: str) -> Page | None:
        """The name and address of a page that is new, or stands elsewhere, here."""
        spot = self.arranged.at_path(tree_path)
        at = self.arranged.standing(spot) if spot is not None else None
        if spot is None or at is None:
            return None
        depth = len(at.path) // STEP
        return Page(
            pk=spot.key,
            title=spot.title,
            slug=spot.slug,
            url_path=at.address,
            path=at.path,
            depth=depth,
        )

    @cached_property
    def _gone(self) -> frozenset[int]:
        spots = self.arranged.by_key.values()
        return frozenset(spot.key for spot in spots if spot.is_gone)

    def _is_public(self, spot: Spot) -> bool:
        """Whether everybody may read it, where it is and where it shall be."""
        at = self.arranged.standing(spot)
        paths = [at.path] if at else []
        if spot.published:
            paths.append(spot.published.path)
        is_there = at is not None and not spot.is_gone and _is_live(spot)
        return is_there and not any(path.startswith(self.closed) for path in paths)

    def _page_of(self, request: HttpRequest, spot: Spot) -> ContentPage:
        """A page of the branch, for a reader who may read it. Raises Http404."""
        pages = self._made([spot]) if _is_live(spot) else []
        if not pages:
            raise Http404
        published = spot.published
        above = _prefixes(pages[0].path, published.path if published else "")
        for restriction in PageViewRestriction.objects.filter(page__path__in=above):
            if not restriction.accept_request(request):
                raise Http404
        if published is not None:
            own = Page(url_path=published.address)
            pages[0].published_address = own.get_url(request) or ""
        return pages[0]

    def _made(self, spots: Iterable[Spot]) -> list[ContentPage]:
        """The pages as the branch words them; what cannot be read is left out."""
        by_item = {spot.item: spot for spot in spots}
        items = self.branch.items.filter(pk__in=by_item).select_related("content_type")
        made = (self._page(by_item[item.pk], item) for item in items)
        return [page for page in made if page is not None]

    def _page(self, spot: Spot, item: Any) -> ContentPage | None:
        at = self.arranged.standing(spot)
        if at is None:
            return None
        try:
            page: ContentPage = page_in_memory(
                item.model, item.content, uuid=spot.uuid, refusal=OnBranchOnly
            )
            page.derive()
        except (ValidationError, ValueError, TypeError):
            return None
        place = SimpleNamespace(
            pk=spot.key,
            path=at.path,
            depth=len(at.path) // STEP,
            numchild=spot.published.children if spot.published else 0,
            url_path=at.address,
            live=True,
            content_type_id=item.content_type_id,
        )
        stand_at(page, place)
        page.slug = at.address.rstrip("/").rpartition("/")[2]
        page.differs_here = _mark(spot)
        page.published_address = ""
        return page

    def _brought_along(self, address: str) -> Any:
        """What is published elsewhere and stands here below something that moved."""
        before = self.arranged.address_before(address)
        if before == address or self.arranged.address_now(before) != address:
            return None
        page = _published_at(before)
        if page is not None:
            page.published_address = page.get_url() or ""
            page.url_path = address
        return page

    def _removed(self, request: HttpRequest) -> HttpResponseBase:
        seen: Any = request
        seen.is_seen_on_branch = True
        reason = gettext("On the branch “%(title)s” this page is not there any more.")
        context = {"reason": reason % {"title": self.branch.title}}
        return render(request, "404.html", context, status=404)


def arrangement_of(branch: Proposal) -> Arrangement:
    """Where every page stands on a branch, in four queries."""
    spots, places = spots_of(branch)
    return Arrangement(spots, places, _taken(spots))


def _served(request: Any, path: str, page: Any) -> HttpResponseBase:
    request.is_seen_on_branch = True
    # Wagtail's own place for the page it has found.
    request._wagtail_route_for_request = RouteResult(page)
    return views.serve(request, path)


def _published_at(address: str) -> Any:
    return Page.objects.live().filter(url_path=address).specific().first()


def _url(page: Page, address: str, request: HttpRequest) -> str:
    page.url_path = address
    url = page.get_url(request) or "/"
    query = request.GET.urlencode()
    return f"{url}?{query}" if query else url


def _mark(spot: Spot) -> Any:
    return MARKS.get(spot.operation, DIFFERS)


def _is_live(spot: Spot) -> bool:
    return spot.published is None or spot.published.live


def _prefixes(*paths: str) -> list[str]:
    """The paths of all pages above these, and of themselves."""
    return [path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)]


def _taken(spots: Iterable[Spot]) -> set[tuple[str, str]]:
    """Where slugs that new pages would get are in use: path of the place, and slug."""
    wanted = {spot.slug for spot in spots if spot.published is None}
    if not wanted:
        return set()
    beside = Page.objects.filter(slug__in=wanted).values_list("path", "slug")
    return {(path[:-STEP], slug) for path, slug in beside}
