"""Commands behind the Makefile. Standard library only: they run before any install."""
