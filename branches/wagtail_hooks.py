"""Wagtail looks for hooks in this module only; each part of the room keeps its own."""

from branches.batches import hooks as batch_hooks

__all__ = ["batch_hooks"]
