"""Pages of parks and rides as they were on another day.

`?as_of=` asks what existed then, `?known_at=` what the wiki said then. Such a page is
for readers, not for search engines, and is built once for each state of the wiki.
"""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from core.caching import fetched, keep
from core.past import NotForReader, NotShown, asks_for_another_day, the_past
from core.reader import units_of
from parks.contents import Context
from parks.gathering import PublicPages
from parks.viewpoint import NoSuchDay, Travel, Viewpoint, viewpoint_of

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    _Page = object

# What the key does not know of, such as a photo's licence, may be that old.
KEPT_S = 3600


@dataclass(frozen=True, slots=True)
class Rendered:
    """The part of a page between header and footer, and what the rest needs of it."""

    title: str
    body: str
    notice: str = ""
    status: int = 200


class TravelsInTime(_Page):
    """A page that shows itself on another day. Subclasses say what that shows."""

    def context_from(self, request: HttpRequest, view: Viewpoint) -> Context:
        """What the template needs to show this page from a viewpoint."""
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not asks_for_another_day(request.GET):
            return super().serve(request, *args, **kwargs)
        try:
            view = viewpoint_of(request.GET, today=timezone.localdate())
        except NoSuchDay as problem:
            response = super().serve(request, *args, **kwargs)
            travel = Travel(problem=str(problem), typed=request.GET.dict())
            response.context_data |= {"travel": travel, "noindex": True}
            response.status_code = 400
            return _hidden_from_robots(response)
        return _hidden_from_robots(_past_response(self, request, view))


def _past_response(
    page: TravelsInTime, request: HttpRequest, view: Viewpoint
) -> HttpResponse:
    rendered = _refused(page, request, view) or _kept(page, request, view)
    return render(
        request,
        "parks/past_page.html",
        {
            "page": page,
            "self": page,
            "rendered": rendered,
            "travel": Travel(view),
            "address": page.get_url(request),
            "noindex": True,
        },
        status=rendered.status,
    )


def _refused(page: Any, request: HttpRequest, view: Viewpoint) -> Rendered | None:
    """For those who may read the page and not what it said before. Never kept."""
    if view.known_at is None or PublicPages().has(page):
        return None
    if the_past().is_open_to(request.user, page):
        return None
    reason = NotForReader()
    return Rendered(page.title, "", str(reason), reason.status)


def _kept(page: TravelsInTime, request: HttpRequest, view: Viewpoint) -> Rendered:
    key = _key(page, request, view)
    rendered: Rendered | None = fetched(key)
    if rendered is None:
        rendered = _rendered(page, request, view)
        keep(key, rendered, seconds=KEPT_S)
    return rendered


def _rendered(page: TravelsInTime, request: HttpRequest, view: Viewpoint) -> Rendered:
    shown: Any = page
    if view.known_at is not None:
        try:
            shown = the_past().page_known_at(page, view.moment).page
        except NotShown as reason:
            return Rendered(page.title, "", str(reason), reason.status)
    context = {
        "page": shown,
        "self": shown,
        **shown.context_from(request, view),
        "base": "parks/past_body.html",
    }
    body = render_to_string(page.get_template(request), context, request)
    return Rendered(context["seen"].title, body)


def _key(page: Any, request: HttpRequest, view: Viewpoint) -> str:
    """Names what is shown and everything that it may depend on."""
    parts = (
        *(page.uuid, page.live_revision_id, page.url_path, the_past().stamp()),
        *(view.as_of, view.known_at, view.last_known_day),
        *(units_of(request), get_language()),
        # Who may read what can change without a publish.
        *PublicPages().closed_paths,
    )
    text = "|".join(map(str, parts))
    return f"past:{hashlib.sha256(text.encode()).hexdigest()}"


def _hidden_from_robots(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
