"""Who is named in the history beside the author of what was merged."""

from branches.models import Coauthor
from history.models import ChangeSet


def coauthors_of(change: ChangeSet) -> list[str]:
    """Names of those who changed facts of the proposal that became a change."""
    found = Coauthor.objects.filter(proposal__changeset=change)
    return [str(one.person) for one in found.select_related("person")]
