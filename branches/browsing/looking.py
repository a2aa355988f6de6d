"""Choosing a branch to look at, leaving it, and letting others look."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches.actions import end_sharing, share_branch
from branches.browsing.asking import branch_for
from branches.choosing import choose, leave
from branches.refusals import NotOpenAnyMore
from branches.rights import may_begin_branch
from branches.states import UNSETTLED


@login_required
@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """See the site as a branch from now on."""
    branch = branch_for(request, pk)
    if not may_begin_branch(request.user):
        raise Http404
    if branch.state not in UNSETTLED:
        raise NotOpenAnyMore(branch)
    choose(request, branch)
    return _back(request, "/")


@require_POST
def go_back(request: HttpRequest) -> HttpResponse:
    """See the published site again."""
    leave(request)
    return _back(request, "/")


@login_required
@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new link to look at a branch, which ends the one before it."""
    branch = branch_for(request, pk)
    share_branch(branch, by=request.user)
    messages.success(request, _("There is a new link. Every older one has ended."))
    return HttpResponseRedirect(f"{branch.get_absolute_url()}#share")


@login_required
@require_POST
def stop_sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """End the link to look at a branch."""
    branch = branch_for(request, pk)
    end_sharing(branch, by=request.user)
    messages.success(request, _("The link has ended."))
    return HttpResponseRedirect(f"{branch.get_absolute_url()}#share")


def _back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To where the form was sent from, if that is a page of ours."""
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, {request.get_host()})
    # Not redirect(), which takes what does not look like a path for a view's name.
    return HttpResponseRedirect(to if to.startswith("/") and is_ours else otherwise)
