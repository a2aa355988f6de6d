"""What is asked before something is reverted."""

from typing import Any

from django import forms
from django.http import HttpRequest

from history.disputes import Dispute, DisputesForm
from history.merging import Side
from history.reverting.plans import Plan


def disputes_of(plan: Plan) -> list[Dispute]:
    """Everything that somebody has to decide about a plan."""
    return [
        Dispute(u.subject, type(u.subject), u.prefix, u.result, conflict)
        for u in plan.undoings
        if u.result is not None
        for conflict in u.conflicts
    ]


class RevertForm(DisputesForm):
    """Why, from which source, and for each dispute what shall hold."""

    sides = {
        Side.OURS: "Keep what it says now",
        Side.THEIRS: "Put back what it said before the change",
    }

    reason = forms.CharField(
        label="Why",
        max_length=200,
        error_messages={"required": "Say why: it stands in the public history."},
    )
    source = forms.CharField(
        label="Source (if there is one)", max_length=500, required=False
    )

    def questions(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Each dispute with its field, and what choosing would mean.

        `since`: what later edits made of it; `back`: what putting it back would make
        of that.
        """
        return [
            {
                "dispute": dispute,
                "field": self[dispute.name],
                "since": dispute.change(Side.BASE, Side.OURS, request),
                "back": dispute.change(Side.OURS, Side.THEIRS, request),
            }
            for dispute in self.disputes
        ]
