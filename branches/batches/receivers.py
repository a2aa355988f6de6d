"""What follows when the branch that takes a batch back has been merged."""

from typing import Any

from branches.models import Batch, Proposal
from branches.states import ProposalState, may_follow


def note_revert(instance: Proposal, **unused: Any) -> None:
    """A batch whose revert is published is a reverted one."""
    if instance.state != ProposalState.MERGED or not instance.is_branch:
        return
    done = Batch.objects.filter(branch=instance, undoes__isnull=False).first()
    if done is None or done.undoes is None or done.undoes.branch_id is None:
        return
    branch = Proposal.objects.held(done.undoes.branch_id)
    if may_follow(branch.state, ProposalState.REVERTED):
        branch.step_to(ProposalState.REVERTED)
        branch.save()
