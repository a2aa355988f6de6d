"""From the address in a history link to the page it is about."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from wagtail.models import Page, Site

from core.caching import OUT_OF_REACH
from core.models import ContentPage
from history.moved import absent
from history.visibility import may_read_history


@dataclass(frozen=True, slots=True)
class Home:
    """Where the past of one object is read: at its page, or by its uuid without one."""

    uuid: Any
    address: str | None = None

    @property
    def history(self) -> str:
        """Its list of versions."""
        if self.address is None:
            return reverse("history:object", kwargs={"uuid": self.uuid})
        return reverse("history:page", kwargs={"address": self.address})

    @property
    def export(self) -> str:
        """All its versions as a file."""
        return f"{self.history}versions.jsonl"

    def version(self, seq: int) -> str:
        """What one version said."""
        return f"{self.history}{seq}/"

    def diff(self, older: object, newer: object) -> str:
        """The comparison of two sides, each a number, "live", "draft" or a tag."""
        sides = {"a": str(older), "b": str(newer)}
        if self.address is None:
            of = {"uuid": self.uuid}
            return reverse("history:object_diff", kwargs={**of, **sides})
        of = {"address": self.address}
        return reverse("history:diff", kwargs={**of, **sides})


def page_at(request: HttpRequest, address: str) -> ContentPage:
    """The content page at a site address such as "parks/cedar-point/".

    Raises Http404 when there is none (MovedAway when it has left), and also when this
    person may not read its history: who may not know of a page is not told that it
    exists.
    """
    root = root_path_of(request)
    if root is None:
        raise Http404
    found = Page.objects.filter(url_path=f"{root}{address}").specific().first()
    if found is None:
        raise absent(request, root, address)
    if not isinstance(found, ContentPage) or not may_read_history(request.user, found):
        raise Http404
    return found


def root_path_of(request: HttpRequest) -> str | None:
    """The url_path that addresses of the site asked for begin at, None without one.

    Wagtail keeps the roots of all sites for its own links, so one site costs no query.
    """
    try:
        roots = {known.root_path for known in Site.get_site_root_paths()}
    except OUT_OF_REACH:
        roots = set()
    if len(roots) == 1:
        return str(roots.pop())
    site = Site.find_for_request(request)
    return site.root_page.url_path if site is not None else None
