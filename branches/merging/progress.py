"""How far the merge of a branch has come, for the page of the branch."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.browsing.asking import branch_for, items_for
from branches.merging.jobs import latest_job
from branches.models import NoteKind, Proposal, ProposalItem
from branches.rights import may_begin_branch, may_review

NAMED = 50


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a branch's page that changes while it is merged."""
    branch = branch_for(request, pk)
    context = {"proposal": branch, **progress_context(request, branch)}
    response = render(request, "branches/progress.html", context)
    if not context["is_active"]:
        # Once more, whole: its state is another one.
        response["HX-Refresh"] = "true"
    return response


def progress_context(request: HttpRequest, branch: Proposal) -> dict[str, Any]:
    """What templates/branches/progress.html shows."""
    job = latest_job(branch)
    is_active = job is not None and job.is_active
    left_out: Sequence[ProposalItem] = ()
    if job is not None and not is_active:
        items = items_for(request.user, branch).exclude(problem="")
        left_out = list(items.only("title", "problem", "problem_params")[:NAMED])
    is_theirs = may_begin_branch(request.user) or may_review(request.user)
    why_not = ""
    if job is not None and is_theirs and "refused" in job.report:
        # In the language of the reader; the report of the job has one of its own.
        told = branch.notes.filter(kind=NoteKind.CONFLICT, author=None).last()
        why_not = told.words if told is not None else job.report["refused"]
    return {
        "merge_job": job,
        "is_active": is_active,
        # Told to those who work on it and decide about it, who are told by mail too.
        "why_not": why_not,
        "left_out": left_out,
        "may_see_job": job is not None and request.user.has_perm("core.view_job"),
    }
