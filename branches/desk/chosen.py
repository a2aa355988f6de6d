"""Which branch a person is on at the editing desk: the one they chose.

It is also the one they see the public site as (branches/choosing.py). It says where
the ways from lists lead. What a form changes is said by its address, so a tab that was
opened on the main line goes on saving there.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wagtail.admin import messages

from branches import choosing
from branches.models import Proposal
from branches.rights import may_work_on
from core.wording import in_a_sentence


def choose(request: HttpRequest, branch: Proposal) -> None:
    """From now on lead this person to the branch."""
    # Choosing it again would write the session for nothing.
    if request.session.get(choosing.KEY) != branch.pk:
        choosing.choose(request, branch)
    _remember(request, branch)


def leave(request: HttpRequest) -> None:
    """Lead this person to the main line again."""
    choosing.leave(request)
    _remember(request, None)


def chosen_branch(request: HttpRequest) -> Proposal | None:
    """The branch this person is on; none on the main line, which costs no query.

    Whoever is on one that nobody may work on any more is on the main line again, and
    is told so.
    """
    known: Any = request
    if not hasattr(known, "_branch_at_desk"):
        _remember(request, _still_at_work(request))
    branch: Proposal | None = known._branch_at_desk
    return branch


def _still_at_work(request: HttpRequest) -> Proposal | None:
    key = request.session.get(choosing.KEY)
    if key is None:
        return None
    branch = Proposal.objects.branches().filter(pk=key).first()
    if branch is not None and may_work_on(request.user, branch):
        return branch
    choosing.leave(request)
    if branch is not None:
        state = in_a_sentence(branch.get_state_display())
        messages.info(
            request,
            _("The branch “%(name)s” is %(state)s. You are on the main line again.")
            % {"name": branch.title, "state": state},
        )
    return None


def _remember(request: Any, branch: Proposal | None) -> None:
    request._branch_at_desk = branch
