"""What the archive must leave alone while proposals rest on it."""

from django.db.models import Exists, OuterRef, QuerySet

from branches.models import ProposalItem
from branches.states import UNSETTLED
from history.models import PageVersion


def bases_of_unsettled() -> QuerySet[PageVersion]:
    """Versions from which a proposal was begun that is not settled yet."""
    begun = ProposalItem.objects.filter(
        base=OuterRef("pk"), proposal__state__in=UNSETTLED
    )
    return PageVersion.objects.filter(Exists(begun))
