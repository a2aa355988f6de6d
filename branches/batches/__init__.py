"""Changes to many pages at once: worked out, reported, put on one branch, undone."""
