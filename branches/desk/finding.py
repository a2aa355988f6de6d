"""Finding the branch that an address names. The whole desk may see every branch."""

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from branches.models import Proposal
from branches.refusals import NotOpenAnyMore
from branches.rights import may_work_on


def branch_for(pk: int) -> Proposal:
    """The branch with a number. Raises Http404."""
    branches = Proposal.objects.branches().select_related("author", "changeset")
    branch: Proposal = get_object_or_404(branches, pk=pk)
    return branch


def branch_to_write_on(request: HttpRequest, pk: int) -> Proposal:
    """The same, if somebody may write on it. Raises NotOpenAnyMore too."""
    branch = branch_for(pk)
    if not may_work_on(request.user, branch):
        raise NotOpenAnyMore(branch)
    return branch


def sent_with(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, if anything, were it nothing at all."""
    return request.POST if request.method == "POST" else None
