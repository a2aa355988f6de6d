"""A person's own suggestions, the page of each, and what is done there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.actions import comment, copy_to_draft, withdraw
from branches.models import Proposal
from branches.refusals import ProposalRefused
from branches.rights import may_speak, most_open
from branches.suggesting.asking import proposal_for
from branches.suggesting.showing import CommentForm, proposal_page

PER_PAGE = 50


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The suggestions of the person signed in, newest first."""
    own = Proposal.objects.by(request.user).order_by("-pk")
    pages = Paginator(own, PER_PAGE)
    slice_ = pages.get_page(request.GET.get("page"))
    limit = most_open(request.user)
    context = {
        "slice": slice_,
        "limit": limit,
        "open_now": Proposal.objects.by(request.user).open().count(),
    }
    return render(request, "branches/mine.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion."""
    return proposal_page(request, proposal_for(request, pk))


@login_required
@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Write into the thread of a suggestion."""
    proposal = proposal_for(request, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        if not may_speak(request.user, proposal):
            raise Http404
        return proposal_page(request, proposal, comment_form=form, status=422)
    try:
        comment(proposal, by=request.user, text=form.cleaned_data["text"])
    except ProposalRefused as refused:
        return proposal_page(request, proposal, refused=refused, status=refused.status)
    return HttpResponseRedirect(f"{proposal.get_absolute_url()}#thread")


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a suggestion of one's own, or discard a draft."""
    proposal = proposal_for(request, pk)
    try:
        withdraw(proposal, by=request.user)
    except ProposalRefused as refused:
        return proposal_page(request, proposal, refused=refused, status=refused.status)
    if proposal.is_branch:
        said = _("The branch is withdrawn. Nothing of it was published.")
        back = "branches:branches"
    else:
        said, back = _("Your suggestion is withdrawn."), "branches:mine"
    messages.success(request, said)
    return HttpResponseRedirect(reverse(back))


@login_required
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a closed suggestion of one's own to a new draft."""
    proposal = proposal_for(request, pk)
    try:
        draft = copy_to_draft(proposal, by=request.user)
    except ProposalRefused as refused:
        return proposal_page(request, proposal, refused=refused, status=refused.status)
    messages.success(request, _("Copied. Only you see it until you hand it in."))
    return HttpResponseRedirect(draft.get_absolute_url())
