"""What the models of this room say without knowing who listens."""

from django.dispatch import Signal

# Sent with `proposal`, `revision` and `by` when a workflow has approved a proposal.
# The receiver brings it into the wiki, or raises a Refused and nothing has happened.
approved = Signal()
