"""Finding the branch that an address names, and those that somebody may read."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from branches.browsing.asking import branch_for
from branches.models import Proposal
from branches.refusals import NotOpenAnyMore
from branches.rights import may_work_on
from history.reading import may_read_hidden


def branch_to_write_on(request: HttpRequest, pk: int) -> Proposal:
    """The branch with a number. Raises Http404, NotOpenAnyMore."""
    branch = branch_for(request, pk)
    if not may_work_on(request.user, branch):
        raise NotOpenAnyMore(branch)
    return branch


def branches_for(user: Any) -> QuerySet[Proposal]:
    """The branches that somebody of the desk may read: not what was hidden since."""
    branches = Proposal.objects.branches()
    if may_read_hidden(user):
        return branches
    return (
        branches.exclude(changeset__author_hidden=True)
        .exclude(changeset__reason_hidden=True)
        .exclude(changeset__versions__text_hidden=True)
    )


def sent_with(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, if anything, were it nothing at all."""
    return request.POST if request.method == "POST" else None
