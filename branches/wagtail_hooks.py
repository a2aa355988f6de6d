"""Wagtail looks for hooks in this module only; each part of the room keeps its own."""

from branches.batches import hooks as batch_hooks
from branches.desk import hooks as desk_hooks
from branches.releases import hooks as release_hooks

__all__ = ["batch_hooks", "desk_hooks", "release_hooks"]
