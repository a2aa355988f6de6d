"""What a moderator does on the page of a suggestion."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from branches.models import Proposal
from branches.rights import may_review
from branches.states import REVIEWED, ProposalState
from branches.suggesting.asking import proposal_for
from branches.suggesting.showing import DecisionForm, proposal_page
from core.refusals import Refused
from moderation.refusals import ReasonMissing, TextChanged
from moderation.suggestions.deciding import (
    approve_suggestion,
    ask_for_changes,
    reject_suggestion,
)
from moderation.suggestions.since_read import since_read

DONE = {
    "approve": _("Published. Its author is told."),
    "changes": _("Sent back to its author."),
    "reject": _("Rejected. Its author is told why."),
}
# Of pages that are not public.
DRAFTED = _("Kept as a draft, because the page is not public. Its author is told.")
# Of what more than one has to approve.
NOTED = _("Your approval is noted. Somebody else has to approve it as well.")
# Of branches that are large, or have a time.
APPROVED = _("Approved. Its page says when it is published.")


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, send back or reject; a refusal is shown on the page it came from."""
    proposal = proposal_for(request, pk)
    if not may_review(request.user):
        raise PermissionDenied
    form = DecisionForm(request.POST)
    verb = request.POST.get("decision", "")
    if verb not in DONE:
        form.add_error(None, gettext("Choose what shall become of it."))
    if not form.is_valid():
        return proposal_page(request, proposal, decision_form=form, status=422)
    try:
        _decided(proposal, verb, by=request.user, **form.cleaned_data)
    except Refused as refused:
        return _refused(request, proposal, form, refused)
    messages.success(request, _said(proposal, verb))
    return HttpResponseRedirect(proposal.get_absolute_url())


def _said(proposal: Proposal, verb: str) -> Any:
    if verb != "approve":
        return DONE[verb]
    proposal.refresh_from_db(fields=["state", "changeset"])
    if proposal.state in REVIEWED:
        return NOTED
    if proposal.state != ProposalState.MERGED:
        return APPROVED
    return DONE[verb] if proposal.changeset_id else DRAFTED


def _decided(
    proposal: Proposal, verb: str, *, by: Any, content_hash: str, comment: str
) -> None:
    match verb:
        case "approve":
            approve_suggestion(
                proposal, by=by, content_hash=content_hash, comment=comment
            )
        case "changes":
            ask_for_changes(proposal, by=by, comment=comment)
        case "reject":
            reject_suggestion(proposal, by=by, reason=comment)


def _refused(
    request: HttpRequest, proposal: Proposal, form: DecisionForm, refused: Refused
) -> HttpResponse:
    read = form.cleaned_data["content_hash"]
    proposal = Proposal.objects.select_related("author", "changeset").get(
        pk=proposal.pk
    )
    more: dict[str, Any] = {}
    if isinstance(refused, TextChanged):
        more["since_read"] = since_read(request, proposal, read)
    # What was typed is kept; the hash is that of what is shown now.
    shown = {
        "content_hash": proposal.content_hash,
        "comment": form.cleaned_data["comment"],
    }
    again = DecisionForm(initial=shown)
    if isinstance(refused, ReasonMissing):
        again = DecisionForm(shown)
        again.add_error("comment", f"{refused}")
    return proposal_page(
        request,
        proposal,
        status=refused.status,
        refused=refused,
        decision_form=again,
        **more,
    )
