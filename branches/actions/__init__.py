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
from branches.actions.standing import look_again, look_again_after
from branches.actions.submitting import comment, submit, withdraw

__all__ = [
    "Piece",
    "Wanted",
    "amend",
    "begin_branch",
    "comment",
    "copy_to_draft",
    "describe_branch",
    "keep",
    "look_again",
    "look_again_after",
    "put_all_on",
    "put_on",
    "remembered_by",
    "resolve",
    "submit",
    "take_off",
    "withdraw",
]
