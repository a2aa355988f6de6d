"""Which branch a person is on at the editing desk: their session knows it.

It says where the ways from lists lead. What a form changes is said by its address, so
a tab that was opened on the main line goes on saving there.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wagtail.admin import messages

from branches.models import Proposal
from branches.rights import may_work_on
from core.wording import in_a_sentence

KEY = "branch"


def choose(request: HttpRequest, branch: Proposal) -> None:
    """From now on lead this person to the branch."""
    if request.session.get(KEY) != branch.pk:
        request.session[KEY] = branch.pk
    _remember(request, branch)


def leave(request: HttpRequest) -> None:
    """Lead this person to the main line again."""
    request.session.pop(KEY, None)
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
    key = request.session.get(KEY)
    if key is None:
        return None
    branch = Proposal.objects.branches().filter(pk=key).first()
    if branch is not None and may_work_on(request.user, branch):
        return branch
    del request.session[KEY]
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
