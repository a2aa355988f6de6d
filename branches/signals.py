"""What the models of this room say without knowing who listens."""

from django.dispatch import Signal

# Sent with `proposal`, `revision` and `by` when a workflow has approved a proposal.
# The receiver brings it into the wiki, or raises a Refused and nothing has happened.
approved = Signal()

# Sent with `proposal` when a text was handed in and waits for its checks. Sent after
# the transaction that wrote it down, if the caller has none of its own around it.
handed_in = Signal()
