"""What people do with proposals. Every change to one goes through here."""

from branches.actions.drafting import Wanted, keep
from branches.actions.remembering import remembered_by
from branches.actions.resolving import resolve
from branches.actions.standing import look_again, look_again_after
from branches.actions.submitting import comment, submit, withdraw

__all__ = [
    "Wanted",
    "comment",
    "keep",
    "look_again",
    "look_again_after",
    "remembered_by",
    "resolve",
    "submit",
    "withdraw",
]
