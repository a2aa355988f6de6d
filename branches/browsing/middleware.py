"""Shows the site as a branch to whoever chose one, and keeps that to themselves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from branches.browsing.overlay import BranchOverlay
from branches.choosing import PARAMETER, chosen, follow, has_chosen
from branches.refusals import LinkEnded
from core.caching.readers import has_session
from core.overlay import READING

GetResponse = Callable[[HttpRequest], HttpResponse]
# The desk has branches of its own; the others show nothing of a page.
NOT_OURS = ("/admin/", "/accounts/", "/documents/", "/healthz", "/media/", "/static/")
ABOUT_BRANCHES = ("/branches/", "/suggestions/")


class SeenAsBranch:
    """Puts `branch` and `overlay` on the request of whoever looks at a branch.

    Such an answer is for this reader only, and no robot keeps it either.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NOT_OURS):
            return self.get_response(request)
        if request.method in READING and PARAMETER in request.GET:
            return _for_this_reader(_followed(request))
        # Without a session there is nothing to ask for.
        if not has_session(request) or not has_chosen(request):
            return self.get_response(request)
        branch = chosen(request)
        if branch is None:
            messages.info(
                request, _("The branch you were looking at is there no more.")
            )
            return self.get_response(request)
        shown: Any = request
        shown.branch = branch
        # They speak of branches, and show neither side.
        shown.is_seen_on_branch = request.path.startswith(ABOUT_BRANCHES)
        shown.overlay = BranchOverlay(branch)
        return _for_this_reader(self.get_response(request))


def _followed(request: HttpRequest) -> HttpResponse:
    """The same address without the link, so that nobody hands it on unknowingly."""
    query = request.GET.copy()
    [*_, link] = query.pop(PARAMETER)
    try:
        follow(request, link)
    except LinkEnded as ended:
        reason = {"reason": str(ended)}
        return render(request, "branches/link_ended.html", reason, status=ended.status)
    rest = query.urlencode()
    path = escape_leading_slashes(request.path)
    return HttpResponseRedirect(f"{path}?{rest}" if rest else path)


def _for_this_reader(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
