"""The screens on which a moderator decides, and what a refused decision looks like."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    WorkflowActionView,
)

from moderation.decisions import refuse_if_closed_or_own, refuse_if_overtaken
from moderation.explaining import comparison, explanation
from moderation.fingerprints import fingerprint_of
from moderation.forms import ApprovalForm
from moderation.models import ReviewState
from moderation.refusals import DecisionRefused, TextChanged

# Of a submitted page form, what says what to do rather than what the page holds.
_ORDERS = ("csrfmiddlewaretoken", "next", "overwrite_revision_id")


class _Deciding:
    """Says why a decision is refused, where Wagtail would send the person away."""

    def dispatch(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.task_state.workflow_state.object_id != str(self.object.pk):
            raise Http404
        try:
            if isinstance(self.task_state, ReviewState):
                refuse_if_closed_or_own(self.task_state, request.user)
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views
        except DecisionRefused as refusal:
            return self.refuse(refusal)

    def refuse(self: Any, refusal: DecisionRefused) -> HttpResponse:
        if not _is_dialogue(self.request):
            return refused_page(self.request, self.object, refusal)
        # Wagtail's dialogue only shows what comes with status 200. It is too narrow
        # for a comparison: that is on the page which refuses the same.
        context = explanation(self.object, refusal)
        if comparison(self.request, self.object, refusal):
            context["compare_url"] = self.request.path
        return render_modal_workflow(
            self.request,
            "moderation/refused_dialogue.html",
            None,
            context,
            json_data={"step": "refused"},
        )


class DecisionView(_Deciding, WorkflowActionView):
    """Approve or reject from the dashboard: the text that was submitted, or nothing.

    The dashboard's preview and comparison show the submitted text, so that is the one
    its form approves. Text saved since has to be read and approved on its own page.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        initial = {}
        if self.form_class is ApprovalForm and isinstance(self.task_state, ReviewState):
            initial["fingerprint"] = self.task_state.submitted_fingerprint
            latest = self.object.latest_revision
            if fingerprint_of(latest) != initial["fingerprint"]:
                raise TextChanged(latest, read_revision_id=self.task_state.revision_id)
            refuse_if_overtaken(self.object)
        if not _is_dialogue(request):
            # A refusal that links here was right then and is over now.
            return redirect(self.redirect_url)
        return self.render_modal_form(request, self.form_class(initial=initial))


class DecisionDetailsView(_Deciding, CollectWorkflowActionDataView):
    """Asks for the comment of a decision that is made in the page editor."""


def refused_page(
    request: HttpRequest,
    page: Any,
    refusal: DecisionRefused,
    *,
    typed: dict[str, list[str]] | None = None,
) -> HttpResponse:
    """The page that explains a refusal; `typed` is offered to be kept as a draft."""
    return render(
        request,
        "moderation/refused.html",
        {
            **explanation(page, refusal),
            "compared": comparison(request, page, refusal),
            "typed": typed,
        },
        status=refusal.status,
    )


def typed_text(request: HttpRequest) -> dict[str, list[str]]:
    """What a submitted page form says about the page, by field name."""
    return {
        name: values
        for name, values in request.POST.lists()
        if name not in _ORDERS and not name.startswith(("action-", "workflow-action"))
    }


def _is_dialogue(request: HttpRequest) -> bool:
    return request.headers.get("x-requested-with") == "XMLHttpRequest"
