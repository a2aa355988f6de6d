"""Links with which somebody without rights may look at a branch for some days.

A link is signed and holds no secret of its own: it names the branch, whoever shares
it, and the key of the branch. The key says when it was made, and a new one ends every
link with the old one.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string

from branches.models import Proposal
from branches.refusals import LinkEnded
from branches.rights import may_begin_branch
from branches.states import UNSETTLED

SALT = "branches.sharing"
LIFE = timedelta(days=7)


def new_key() -> str:
    """A key that is valid from now on."""
    return f"{int(timezone.now().timestamp())}-{get_random_string(18)}"


def ends_at(branch: Proposal) -> datetime | None:
    """When the links to a branch end; None while there are none."""
    began = branch.share_key.partition("-")[0]
    if not began.isdigit():
        return None
    ending = datetime.fromtimestamp(int(began), UTC) + LIFE
    return ending if ending > timezone.now() else None


def link_of(branch: Proposal, *, by: Any) -> str:
    """What this person gives to others; empty while the branch has no valid key."""
    if ends_at(branch) is None:
        return ""
    says = {"branch": branch.pk, "key": branch.share_key, "by": by.pk}
    return signing.Signer(salt=SALT).sign_object(says, compress=True)


def branch_of_link(link: str) -> Proposal:
    """The branch that a link shows. Raises LinkEnded, whatever is wrong with it."""
    try:
        says = signing.Signer(salt=SALT).unsign_object(link)
    except (signing.BadSignature, ValueError) as wrong:
        raise LinkEnded from wrong
    branch = (
        Proposal.objects.branches()
        .filter(pk=says["branch"], state__in=UNSETTLED)
        .first()
    )
    if branch is None or ends_at(branch) is None:
        raise LinkEnded
    if not constant_time_compare(branch.share_key, says["key"]):
        raise LinkEnded
    sharer = get_user_model().objects.filter(pk=says["by"]).first()
    if sharer is None or not may_begin_branch(sharer):
        raise LinkEnded
    return branch
