"""The ways from a page to what can be done with it on a branch."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin.widgets.button import Button

from branches.models import Proposal
from core.models import ContentPage


def address_on(branch: Proposal, name: str, page: Any) -> str:
    """Where something is done with a page on a branch."""
    return reverse(f"branches_desk:{name}", args=[branch.pk, page.uuid])


def buttons_of(branch: Proposal, page: Any, *, is_new: bool = False) -> list[Button]:
    """Lines of the menu of a page or snippet while one is on a branch.

    What is new moves nowhere and hides from nobody: it is taken off the branch.
    """
    ways = [("edit", _("Edit on the branch"), "edit")]
    if isinstance(page, ContentPage):
        if type(page).creatable_subpage_models():
            ways.append(("add_below", _("Add a page below"), "plus"))
        if not is_new:
            ways.append(("move", _("Move on the branch"), "arrow-right-full"))
    if not is_new:
        ways += [
            ("unpublish", _("Unpublish on the branch"), "download"),
            ("delete", _("Delete on the branch"), "bin"),
        ]
    return [
        Button(label, address_on(branch, name, page), icon_name=icon, priority=place)
        for place, (name, label, icon) in enumerate(ways, start=10)
    ]
