"""What people do with proposals. Every change to one goes through here."""

from branches.actions.branching import (
    Piece,
    begin_branch,
    describe_branch,
    put_all_on,
    put_on,
    take_off,
)
from branches.actions.drafting import Wanted, keep
from branches.actions.resolving import resolve
from branches.actions.sharing import end_sharing, share_branch
from branches.actions.standing import look_again, look_again_after
from branches.actions.submitting import comment, submit, withdraw
from branches.actions.updating import Update, update_branch

__all__ = [
    "Piece",
    "Update",
    "Wanted",
    "begin_branch",
    "comment",
    "describe_branch",
    "end_sharing",
    "keep",
    "look_again",
    "look_again_after",
    "put_all_on",
    "put_on",
    "resolve",
    "share_branch",
    "submit",
    "take_off",
    "update_branch",
    "withdraw",
]
