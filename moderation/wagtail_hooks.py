"""Brings our rules for decisions into Wagtail's screens."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.models import register_snippet

from branches.models import BannedPattern
from moderation.editing import DECISION, bind_decision_to_text
from moderation.refusals import DecisionRefused
from moderation.suggestions.queue import SuggestionViewSet
from moderation.views import (
    DecisionDetailsView,
    DecisionView,
    refused_page,
    typed_text,
)

# Wagtail lets each page type choose these views; ours hold for every type.
PageViewSet.workflow_action_view_class = DecisionView
PageViewSet.collect_workflow_action_data_view_class = DecisionDetailsView

register_snippet(SuggestionViewSet)
# Whoever has the right for it; that is administrators, unless they give it away.
register_snippet(BannedPattern)


@hooks.register("before_edit_page")
def check_decision(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse a decision about a text that is not the one in the form."""
    if request.method != "POST" or DECISION not in request.POST:
        return None
    try:
        bind_decision_to_text(request, page)
    except DecisionRefused as refusal:
        return refused_page(request, page, refusal, typed=typed_text(request))
    return None
