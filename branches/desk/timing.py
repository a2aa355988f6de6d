"""When a branch goes live, said in the admin. Who may is as on the site."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.browsing.asking import branch_for
from branches.desk.branch_views import address_of, branch_page, do_to
from branches.refusals import ProposalRefused
from branches.releases.scheduling import publish_now, unschedule
from branches.releases.views import ask_when


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when a branch shall go live."""
    branch = branch_for(request, pk)
    template = "branches/desk/schedule.html"
    try:
        return ask_when(request, branch, template, back=address_of(branch))
    except ProposalRefused as refused:
        return branch_page(request, branch, refused=refused)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the time of a branch back."""
    return do_to(
        request,
        pk,
        lambda branch: unschedule(branch, by=request.user),
        _("It does not go live by itself."),
    )


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an approved branch published now."""
    return do_to(
        request,
        pk,
        lambda branch: publish_now(branch, by=request.user),
        _("It is published in a moment."),
    )
