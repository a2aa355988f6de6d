"""What is asked where two people changed the same."""

from typing import Any

from django.http import HttpRequest

from history.conflicts.plans import Plan
from history.disputes import Dispute, DisputesForm
from history.merging import Side

COLUMNS = {
    Side.BASE: "When you opened it",
    Side.OURS: "As it is now",
    Side.THEIRS: "Your text",
}


class SettlingForm(DisputesForm):
    """What shall hold for each conflict."""

    sides = {
        Side.OURS: "Keep it as it is now",
        Side.THEIRS: "Take my text",
        Side.BASE: "Go back to what it was when I opened it",
    }

    def questions(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Each dispute with its field and what each side says."""
        return [
            {
                "dispute": dispute,
                "field": self[dispute.name],
                "columns": [
                    (heading, dispute.shown(side, request))
                    for side, heading in COLUMNS.items()
                ],
                "change": dispute.change(Side.OURS, Side.THEIRS, request),
            }
            for dispute in self.disputes
        ]


def disputes_of(plan: Plan) -> list[Dispute]:
    """Everything that somebody has to decide before a text is saved."""
    return [
        Dispute(plan.subject, type(plan.subject), stage.prefix, stage.result, conflict)
        for stage in plan.stages
        for conflict in stage.conflicts
    ]
