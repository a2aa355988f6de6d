"""Work on pages set aside: what is proposed, and what is said about it."""

from branches.models.items import ItemOperation, ProposalItem
from branches.models.notes import NoteKind, ProposalNote
from branches.models.proposals import Proposal, ProposalKind, hash_of
from branches.models.remembered import RememberedChoice

__all__ = [
    "ItemOperation",
    "NoteKind",
    "Proposal",
    "ProposalItem",
    "ProposalKind",
    "ProposalNote",
    "RememberedChoice",
    "hash_of",
]
