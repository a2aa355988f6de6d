"""Work on pages set aside: what is proposed, and what is said about it."""

from branches.models.approvals import Approval
from branches.models.batches import Batch, BatchRow, BatchState, Outcome
from branches.models.checks import BannedPattern, CheckLevel, CheckResult
from branches.models.coauthors import Coauthor
from branches.models.items import ItemOperation, ProposalItem
from branches.models.notes import NoteKind, ProposalNote
from branches.models.proposals import Proposal, ProposalKind, hash_of
from branches.models.remembered import RememberedChoice

__all__ = [
    "Approval",
    "BannedPattern",
    "Batch",
    "BatchRow",
    "BatchState",
    "CheckLevel",
    "CheckResult",
    "Coauthor",
    "ItemOperation",
    "NoteKind",
    "Outcome",
    "Proposal",
    "ProposalItem",
    "ProposalKind",
    "ProposalNote",
    "RememberedChoice",
    "hash_of",
]
