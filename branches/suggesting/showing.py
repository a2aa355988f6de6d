"""The page of one suggestion: how it stands, what it changes, what is said about it."""

from typing import Any, Protocol

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from branches.approvals import approval_context
from branches.merging.items import ItemPlan
from branches.merging.plans import MergePlan, plan_merge
from branches.models import ItemOperation, Proposal
from branches.refusals import MergeRefused, NotPublicNow
from branches.rights import (
    may_amend,
    may_copy,
    may_resolve,
    may_review,
    may_revise,
    may_speak,
)
from branches.states import REVIEWED, UNSETTLED
from branches.suggesting.amended import amended_in
from branches.suggesting.asking import sees_objects
from branches.suggesting.remarks import remarks_on
from core.forms import SeenField
from core.models import ContentPage
from core.refusals import Refused
from history.conflicts.meanwhile import published_since
from history.diff.rendering import render_comparison
from history.models import PageVersion
from history.public.forms import StyledForm
from history.reading import CannotRead, content_of_version
from history.reverting.contents import facts_alone


class CommentForm(StyledForm, forms.Form):
    """A word to the other side."""

    text = forms.CharField(
        label=_("Write to each other"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class DecisionForm(StyledForm, forms.Form):
    """A decision about the text that was read."""

    # Missing or wrong, it is answered by a page that explains.
    content_hash = SeenField()
    comment = forms.CharField(
        label=_("Why, or what has to change"),
        help_text=_(
            "Needed to ask for changes and to reject; it is sent to the author."
        ),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ShowsProposal(Protocol):
    """Makes the page of a proposal, with what was refused on it."""

    def __call__(
        self,
        request: HttpRequest,
        proposal: Proposal,
        *,
        status: int = 200,
        refused: Refused | None = None,
        **more: Any,
    ) -> HttpResponse: ...


# Who shows proposals of other kinds; filled when the applications are ready.
PAGES_OF_OTHERS: dict[str, ShowsProposal] = {}


def proposal_page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    status: int = 200,
    refused: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of a proposal, as far as the reader may see it."""
    if (other := PAGES_OF_OTHERS.get(proposal.kind)) is not None:
        return other(request, proposal, status=status, refused=refused, **more)
    user = request.user
    context: dict[str, Any] = {
        "proposal": proposal,
        "notes": proposal.notes.select_related("author"),
        "is_own": user.pk == proposal.author_id,
        "is_unsettled": proposal.state in UNSETTLED,
        "may_revise": may_revise(user, proposal),
        "may_copy": may_copy(user, proposal) and not proposal.is_branch,
        "may_speak": may_speak(user, proposal),
        "comment_form": CommentForm(),
        "refused": refused,
        "coauthors": proposal.coauthors.select_related("person"),
        "remarks": remarks_on(request, proposal),
        **_compared(request, proposal),
    }
    plan: MergePlan | None = context.get("plan")
    if plan is not None:
        has_conflicts = bool(plan.conflicts)
        context["may_resolve"] = has_conflicts and may_resolve(user, proposal)
        is_theirs = proposal.is_by(user)
        is_reviewed = may_review(user) and proposal.state in REVIEWED
        context["may_decide"] = is_reviewed and not is_theirs
        context["is_coauthor"] = is_reviewed and is_theirs and not context["is_own"]
        context["may_amend"] = may_amend(user, proposal)
        context["amended"] = amended_in(request, proposal)
        context |= approval_context(proposal, plan.items, user)
        context["may_approve"] = not (has_conflicts or plan.problems or plan.is_idle)
        context["decision_form"] = DecisionForm(
            initial={"content_hash": proposal.content_hash}
        )
    context |= more
    return render(request, "branches/proposal.html", context, status=status)


def _compared(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """What would change now; of a settled proposal what it would have changed."""
    if not sees_objects(request.user, proposal):
        return {"problem": NotPublicNow(proposal)}
    if proposal.state not in UNSETTLED:
        return {"objects": [_as_it_was(request, item) for item in _items(proposal)]}
    try:
        plan = plan_merge(proposal)
    except MergeRefused as problem:
        return {"problem": problem}
    return {"plan": plan, "objects": [_object(request, item) for item in plan.items]}


def _items(proposal: Proposal) -> Any:
    return proposal.items.select_related("base__payload", "content_type")


def _object(request: HttpRequest, item: ItemPlan) -> dict[str, Any]:
    return {
        "title": item.item.title,
        "url": _address(request, item.subject or item.place),
        "goes_to": item.place if item.item.operation == ItemOperation.MOVE else None,
        "plan": item,
        "comparison": render_comparison(
            item.model, item.before, item.after, request=request
        ),
        "meanwhile": _meanwhile(request, item) if item.has_main_moved else None,
    }


def _meanwhile(request: HttpRequest, item: ItemPlan) -> dict[str, Any]:
    """What was published since its author began, newest version last."""
    base = item.item.base
    since = published_since(item.item.object_uuid, base.revision_pk if base else None)
    return {
        "since": [version for version in since if version.pk != item.item.base_id],
        "theirs": render_comparison(
            item.model, item.base, item.before, request=request
        ),
    }


def _as_it_was(request: HttpRequest, item: Any) -> dict[str, Any]:
    model = item.content_type.model_class()
    page: Any = PageVersion.objects.filter(
        object_uuid=item.object_uuid, page__isnull=False
    ).select_related("page")
    latest = page.order_by("-seq").first()
    shown: dict[str, Any] = {
        "title": item.title,
        "url": _address(request, latest.page) if latest else None,
        "is_draft": item.kept_as_draft,
    }
    try:
        base = content_of_version(item.base, reader=None) if item.base else {}
    except CannotRead:
        return shown
    comparison = render_comparison(
        model, facts_alone(base), item.content, request=request
    )
    return {**shown, "comparison": comparison}


def _address(request: HttpRequest, subject: Any) -> str | None:
    is_page = isinstance(subject, ContentPage) or hasattr(subject, "get_url")
    return subject.get_url(request) if is_page else None
