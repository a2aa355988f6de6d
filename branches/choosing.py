"""Which branch somebody works on or looks at: remembered with their session.

The editing desk and the public site ask here. Whoever chose a branch chose it by
right; whoever follows a link to look at one has the right of whoever made the link,
for as long as both last (branches/sharing.py).
"""

from typing import Any

from django.http import HttpRequest

from branches.models import Proposal
from branches.refusals import LinkEnded
from branches.rights import may_begin_branch
from branches.sharing import branch_of_link
from branches.states import UNSETTLED

KEY = "branch"
LINK_KEY = "branch_link"
# The parameter of a link that somebody was given.
PARAMETER = "branch"


def choose(request: HttpRequest, branch: Proposal) -> None:
    """Remember a branch. The caller has asked whether this person may work on it."""
    leave(request)
    request.session[KEY] = branch.pk


def follow(request: HttpRequest, link: str) -> Proposal:
    """Remember a link that somebody was given. Raises LinkEnded."""
    branch = branch_of_link(link)
    leave(request)
    request.session[LINK_KEY] = link
    return branch


def leave(request: HttpRequest) -> None:
    """Go back to the published wiki."""
    request.session.pop(KEY, None)
    request.session.pop(LINK_KEY, None)


def has_chosen(request: HttpRequest) -> bool:
    """Whether a branch is remembered, be it still there or not."""
    return KEY in request.session or LINK_KEY in request.session


def chosen(request: HttpRequest) -> Proposal | None:
    """The branch that this person has chosen and may still see.

    A choice that holds no more is forgotten.
    """
    session = request.session
    if KEY in session:
        found = _worked_on(request.user, session[KEY])
    elif LINK_KEY in session:
        found = _shown(session[LINK_KEY])
    else:
        return None
    if found is None:
        leave(request)
    return found


def _worked_on(user: Any, pk: Any) -> Proposal | None:
    if not isinstance(pk, int) or not may_begin_branch(user):
        return None
    branches = Proposal.objects.branches().filter(state__in=UNSETTLED)
    return branches.filter(pk=pk).first()


def _shown(link: str) -> Proposal | None:
    try:
        return branch_of_link(link)
    except LinkEnded:
        return None
