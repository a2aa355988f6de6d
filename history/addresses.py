"""From the address in a history link to the page it is about."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from wagtail.models import Page, Site

from core.models import ContentPage
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

    Raises Http404 when there is none, and also when this person may not read its
    history: who may not know of a page is not told that it exists.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    root = site.root_page
    found = Page.objects.filter(url_path=f"{root.url_path}{address}").specific().first()
    if not isinstance(found, ContentPage) or not may_read_history(request.user, found):
        raise Http404
    return found
