"""Settling what two changes disagree about."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from branches.actions.amending import add_coauthor
from branches.actions.drafting import write
from branches.actions.remembering import remember
from branches.actions.submitting import checked, review_anew
from branches.merging.items import Choices, ProblemKind
from branches.merging.plans import plan_merge
from branches.models import NoteKind, Proposal, ProposalItem
from branches.refusals import (
    MergeConflicts,
    NothingChanged,
    NotOpenAnyMore,
    ResultUnsound,
    RevisedMeanwhile,
)
from branches.rights import may_resolve
from branches.states import REVISABLE, ProposalState
from history.merging import NoSuchConflict


def resolve(proposal: Proposal, *, by: Any, seen: str, choices: Choices) -> Proposal:
    """Let the proposal go on from what is live, with each conflict settled as chosen.

    `seen` is that of the plan whoever chooses was shown. What was handed in is
    reviewed again, as a text of whoever settled it. Raises RevisedMeanwhile when
    something has changed since, MergeConflicts when something is left open,
    ResultUnsound when the rules contradict the result, NothingChanged when nothing of
    the proposal would be left, NotOpenAnyMore.
    """
    with transaction.atomic():
        proposal = Proposal.objects.held(proposal.pk)
        _settle(proposal, by, seen, choices)
        add_coauthor(proposal, by)
        if proposal.state != ProposalState.DRAFT:
            review_anew(proposal, by=by, kind=NoteKind.RESOLVED)
    return checked(proposal)


def _settle(proposal: Proposal, by: Any, seen: str, choices: Choices) -> None:
    if not may_resolve(by, proposal):
        if proposal.state not in REVISABLE:
            raise NotOpenAnyMore(proposal)
        raise PermissionDenied
    try:
        plan = plan_merge(proposal, choices=choices)
    except NoSuchConflict as gone:
        raise RevisedMeanwhile from gone
    if plan.seen != seen:
        raise RevisedMeanwhile
    if plan.conflicts:
        raise MergeConflicts(plan)
    if unsound := plan.problems_of(ProblemKind.VALIDATION):
        raise ResultUnsound(unsound)
    if plan.is_idle:
        raise NothingChanged
    remember(plan, choices, by=by)
    items = {item.pk: item for item in proposal.items.all()}
    for planned in plan.items:
        item: ProposalItem = items[planned.item.pk]
        item.base, item.content = planned.head, planned.after
    proposal.items = list(items.values())
    write(proposal)
