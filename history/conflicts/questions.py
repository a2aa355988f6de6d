"""What is asked where two people changed the same."""

from django.utils.translation import gettext_lazy as _

from history.conflicts.plans import Plan
from history.disputes import Dispute, SideBySideForm
from history.merging import Side


class SettlingForm(SideBySideForm):
    """What shall hold for each conflict."""

    sides = {
        Side.OURS: _("Keep it as it is now"),
        Side.THEIRS: _("Take my text"),
        Side.BASE: _("Go back to what it was when I opened it"),
    }
    columns = {
        Side.BASE: _("When you opened it"),
        Side.OURS: _("As it is now"),
        Side.THEIRS: _("Your text"),
    }


def disputes_of(plan: Plan) -> list[Dispute]:
    """Everything that somebody has to decide before a text is saved."""
    return [
        Dispute(plan.subject, type(plan.subject), stage.prefix, stage.result, conflict)
        for stage in plan.stages
        for conflict in stage.conflicts
    ]
