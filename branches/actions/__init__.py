"""What people do with proposals. Every change to one goes through here."""

from branches.actions.amending import amend
from branches.actions.branching import (
    Piece,
    begin_branch,
    describe_branch,
    put_all_on,
    put_on,
    take_off,
)
from branches.actions.copying import copy_to_draft
from branches.actions.drafting import Wanted, keep
from branches.actions.remembering import remembered_by
from branches.actions.resolving import resolve
from branches.actions.sharing import end_sharing, share_branch
from branches.actions.standing import look_again, look_again_after
from branches.actions.submitting import comment, submit, withdraw
from branches.actions.updating import Update, update_branch

__all__ = [
    "Piece",
    "Update",
    "Wanted",
    "amend",
    "begin_branch",
    "comment",
    "copy_to_draft",
    "describe_branch",
    "end_sharing",
    "keep",
    "look_again",
    "look_again_after",
    "put_all_on",
    "put_on",
    "remembered_by",
    "resolve",
    "share_branch",
    "submit",
    "take_off",
    "update_branch",
    "withdraw",
]
