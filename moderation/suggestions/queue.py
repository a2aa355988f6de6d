"""The list of suggestions at the editing desk."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

import django_filters

from branches.models import Proposal
from branches.rights import may_review
from branches.states import OPEN, ProposalState

WAITING = (ProposalState.IN_REVIEW, ProposalState.CONFLICTED)


class ReadOnly(ModelPermissionPolicy):
    """Suggestions are written and decided on their own pages, not in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and may_review(user)

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        return get_user_model().objects.none()


class OnItsOwnPage(ModelAdminURLFinder):
    """Where Wagtail's lists lead from a suggestion."""

    def construct_edit_url(self, instance: Any) -> str:
        return str(instance.get_absolute_url())

    def get_edit_url(self, instance: Any) -> str | None:
        return self.construct_edit_url(instance) if may_review(self.user) else None


class QueueFilter(WagtailFilterSet):
    """By how far they are."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=[(s.value, s.label) for s in ProposalState if s in OPEN],
    )

    class Meta:
        model = Proposal
        fields = ["state"]


class QueueView(IndexView):
    """Open suggestions, the one that waits longest first."""

    page_title = _("Suggestions")

    def get_base_queryset(self) -> QuerySet:
        return Proposal.objects.open().oldest_first().select_related("author")

    @cached_property
    def verbose_name_plural(self) -> str:
        return gettext("suggestions")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=pgettext_lazy("filter", "About"),
                get_url=lambda one: one.get_absolute_url(),
            ),
            Column("reason", label=_("What and why")),
            Column("author", label=_("By")),
            Column("state", label=_("State"), accessor="get_state_display"),
            DateColumn("submitted_at", label=_("Handed in")),
        ]


class NoEditor(EditView):
    """In place of Wagtail's editor, which would show the bare columns."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.object.get_absolute_url())


class SuggestionViewSet(SnippetViewSet):
    """Suggestions in the admin's menu; each leads to its own page."""

    model = Proposal
    menu_label = _("Suggestions")
    menu_icon = "edit"
    menu_order = 250
    add_to_admin_menu = True
    index_view_class = QueueView
    edit_view_class = NoEditor
    filterset_class = QueueFilter
    url_finder_class = OnItsOwnPage
    inspect_view_enabled = False
    copy_view_enabled = False
    search_fields = ["title", "reason"]


register_permission_policy(Proposal, ReadOnly(Proposal))
