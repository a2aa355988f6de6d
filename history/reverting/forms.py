"""What is asked before something is reverted."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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
        Side.OURS: _("Keep what it says now"),
        Side.THEIRS: _("Put back what it said before the change"),
    }

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        error_messages={"required": _("Say why: it stands in the public history.")},
    )
    source = forms.CharField(
        label=_("Source (if there is one)"), max_length=500, required=False
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
