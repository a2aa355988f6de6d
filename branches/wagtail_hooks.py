"""Wagtail looks for hooks in this module only; each room keeps its own."""

from branches.releases import hooks as release_hooks

__all__ = ["release_hooks"]
