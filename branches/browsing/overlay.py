"""The wiki as a branch has it, for core/overlay.py."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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

from branches.browsing.arranging import STEP, Arrangement, Standing
from branches.browsing.laying import lay
from branches.browsing.snippets import lay_snippets
from branches.browsing.spots import Spot, spots_of
from branches.models import ItemOperation, Proposal
from branches.refusals import OnBranchOnly
from core.layers import laid_over
from core.models import ContentPage
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
        self.left_out: list[Any] = []
        self._changed: frozenset[int] = frozenset()

    @cached_property
    def arranged(self) -> Arrangement:
        return arrangement_of(self.branch)

    @cached_property
    def closed(self) -> list[tuple[str, str, PageViewRestriction]]:
        """What not everybody may read: its path, that on the branch, and for whom."""
        found = PageViewRestriction.objects.select_related("page")
        along = self.arranged.path_along
        return [(one.page.path, along(one.page.path), one) for one in found]

    @property
    def changed(self) -> frozenset[int]:
        """Keys of the pages that are otherwise here, elsewhere, or gone."""
        return self._changed

    @contextmanager
    def lie_over(self) -> Iterator[None]:
        """Have the tables of pages and snippets say what the branch says."""
        # While they still say what is published.
        pages = self._made(filter(self._is_public, self.arranged.by_key.values()))
        with laid_over() as layer:
            laid = lay(layer, self.arranged, pages)
            lay_snippets(layer, self.branch)
            self._changed = frozenset(laid.facts | laid.places)
            yield

    def leave_out(self, what: Any) -> None:
        """Have the banner say what this page cannot show as it would be."""
        self.left_out.append(what)

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
        page = _page_at(address)
        if page is not None:
            before = self.arranged.address_before(address)
            if before != address and self.arranged.address_now(before) == address:
                # It stands here because a page above it does.
                page.published_address = Page(url_path=before).get_url(request) or ""
            return _served(request, path, page)
        now = self.arranged.address_now(address)
        if now is None:
            return self._removed(request)
        if now != address:
            return HttpResponseRedirect(_url(Page(), now, request))
        return views.serve(request, path)

    def adjust(self, page: Page) -> bool:
        """Give a published page the name and address it has on the branch."""
        known: Any = page
        spot = self.arranged.by_key.get(page.pk)
        if spot is None:
            return True
        at = self.arranged.standing(spot)
        if at is None or spot.is_gone:
            return False
        if "url_path" in page.__dict__:
            page.url_path = at.address
        page.title = spot.title
        known.differs_here = _mark(spot)
        return True

    def _is_public(self, spot: Spot) -> bool:
        """Whether everybody may read it, where it is and where it shall be."""
        at = self.arranged.standing(spot)
        if at is None or spot.is_gone or not _is_live(spot):
            return False
        return not self._restrictions_of(spot, at)

    def _restrictions_of(self, spot: Spot, at: Standing) -> list[PageViewRestriction]:
        """What keeps people from a page where it is, or where it shall be."""
        published = spot.published.path if spot.published else at.path
        return [
            restriction
            for path, along, restriction in self.closed
            if published.startswith(path) or at.path.startswith((path, along))
        ]

    def _page_of(self, request: HttpRequest, spot: Spot) -> ContentPage:
        """A page of the branch, for a reader who may read it. Raises Http404."""
        at = self.arranged.standing(spot)
        pages = self._made([spot]) if _is_live(spot) else []
        if at is None or not pages:
            raise Http404
        for restriction in self._restrictions_of(spot, at):
            if not restriction.accept_request(request):
                raise Http404
        if spot.published is not None:
            own = Page(url_path=spot.published.address)
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
        page.last_published_at = item.changed_at
        page.differs_here = _mark(spot)
        page.published_address = ""
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


def _page_at(address: str) -> Any:
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


def _taken(spots: Iterable[Spot]) -> set[tuple[str, str]]:
    """Where slugs that new pages would get are in use: path of the place, and slug."""
    wanted = {spot.slug for spot in spots if spot.published is None}
    if not wanted:
        return set()
    beside = Page.objects.filter(slug__in=wanted).values_list("path", "slug")
    return {(path[:-STEP], slug) for path, slug in beside}
