"""A process that approves one suggestion, and says how that ended.

python -m tests.branches.approving PROPOSAL MODERATOR
"""

import sys
from typing import Any

import django
from django.apps import apps
from django.contrib.auth import get_user_model

from core.refusals import Refused


def approve(pk: int, by: int) -> None:
    """Approve the text it has now; print the state it is in then, or the refusal."""
    # Only now are the models there to be imported with.
    deciding: Any = __import__(
        "moderation.suggestions.deciding", fromlist=["approve_suggestion"]
    )
    proposal: Any = apps.get_model("branches", "Proposal").objects.get(pk=pk)
    moderator = get_user_model().objects.get(pk=by)
    try:
        merged = deciding.approve_suggestion(
            proposal, by=moderator, content_hash=proposal.content_hash
        )
    except Refused as refusal:
        sys.stdout.write(f"refused: {type(refusal).__name__}\n")
    else:
        sys.stdout.write(f"{merged.state}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    approve(*map(int, sys.argv[1:]))
