"""The tree of pages in the admin, while one is on a branch."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.pages.listing import ExplorableIndexView

from branches.desk.buttons import address_on, buttons_of
from branches.desk.chosen import chosen_branch
from branches.desk.families import differing, items_under
from branches.models import Proposal
from core.models import ContentPage


class DiffersColumn(Column):
    """What becomes of a page on the branch, where anything does."""

    cell_template_name = "branches/desk/differs_cell.html"


class BranchExplorer(ExplorableIndexView):
    """Wagtail's, which on a branch shows what differs there and leads to it."""

    @cached_property
    def branch(self) -> Proposal | None:
        return chosen_branch(self.request)

    @cached_property
    def explorable_columns(self) -> list[BaseColumn]:
        columns: list[BaseColumn] = super().explorable_columns
        if self.branch is None:
            return columns
        differs = DiffersColumn("branch_item", label=_("On this branch"))
        # Several at once would be done on the main line.
        stock = [column for column in columns if column.name != "bulk_actions"]
        return [*stock[:-1], differs, stock[-1]]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        if self.branch is None or not isinstance(self.parent_page, ContentPage):
            return list(super().header_more_buttons)
        if not self.permissions.can_edit():
            return []
        return list(buttons_of(self.branch, self.parent_page))

    def get_add_url(self) -> str | None:
        address: str | None = super().get_add_url()
        if address and self.branch and isinstance(self.parent_page, ContentPage):
            return address_on(self.branch, "add_below", self.parent_page)
        return address

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.branch is None:
            return context
        pages = [p for p in context["object_list"] if isinstance(p, ContentPage)]
        items = differing(self.branch, [page.uuid for page in pages])
        for page in pages:
            page.branch_item = items.get(page.uuid)
        if isinstance(self.parent_page, ContentPage):
            coming = items_under(self.branch, self.parent_page.uuid)
            context["coming"] = [(item, self._edits(item)) for item in coming]
        return context

    def get_template_names(self) -> list[str]:
        if self.branch is None or self.results_only:
            return list(super().get_template_names())
        return ["branches/desk/explorer.html"]

    def _edits(self, item: Any) -> str:
        args = [item.proposal_id, item.object_uuid]
        return reverse("branches_desk:edit", args=args)
