"""Calling a worker for what was handed in."""

from typing import Any

from branches.tasks import check_proposal
from core.doorbell import broker


def ring(proposal: Any, **unused: Any) -> None:
    """Have a proposal checked. Nobody hears it while the broker is away; beat does."""
    broker.send(check_proposal, proposal_id=proposal.pk)
