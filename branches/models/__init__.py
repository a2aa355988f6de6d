"""Work on pages set aside: what is proposed, and what is said about it."""

from branches.models.batches import Batch, BatchRow, BatchState, Outcome
from branches.models.items import ItemOperation, ProposalItem
from branches.models.notes import NoteKind, ProposalNote
from branches.models.proposals import Proposal, ProposalKind, hash_of

__all__ = [
    "Batch",
    "BatchRow",
    "BatchState",
    "ItemOperation",
    "NoteKind",
    "Outcome",
    "Proposal",
    "ProposalItem",
    "ProposalKind",
    "ProposalNote",
    "hash_of",
]
