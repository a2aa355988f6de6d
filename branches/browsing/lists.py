"""The list of branches, from which one is chosen to look at."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.models import Proposal
from branches.rights import may_begin_branch

PER_PAGE = 50


@login_required
@require_safe
def branch_list(request: HttpRequest) -> HttpResponse:
    """The branches that are not settled, those worked on last first."""
    if not may_begin_branch(request.user):
        raise Http404
    branches = (
        Proposal.objects.branches()
        .unsettled()
        .select_related("author")
        .annotate(pages=Count("items"))
        .order_by("-changed_at", "-pk")
    )
    pages = Paginator(branches, PER_PAGE)
    slice_ = pages.get_page(request.GET.get("page"))
    context = {"slice": slice_, "next": request.GET.get("next", "")}
    return render(request, "branches/branches.html", context)
