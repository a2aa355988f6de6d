"""From the address in a history link to the page it is about."""

from django.http import Http404, HttpRequest

from wagtail.models import Page, Site

from core.models import ContentPage
from history.visibility import may_read_history


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
