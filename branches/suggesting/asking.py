"""Finding the proposal that an address names, for who may see it."""

from django.http import Http404, HttpRequest

from branches.models import Proposal
from branches.rights import may_read


def proposal_for(request: HttpRequest, pk: int) -> Proposal:
    """The proposal with a number. Http404 also for who may not know of it."""
    proposals = Proposal.objects.select_related("author", "changeset")
    proposal = proposals.filter(pk=pk).first()
    if proposal is None or not may_read(request.user, proposal):
        raise Http404("There is no such suggestion.")
    return proposal
