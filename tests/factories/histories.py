"""Long histories, made in bulk."""

from history.growing import lengthen_history

__all__ = ["lengthen_history"]
