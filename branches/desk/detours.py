"""Whoever is on a branch and opens a page of the main line is led to the branch.

Only when it is opened: what is sent is saved where its form was opened.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import ButtonWithDropdown
from wagtail.models import Page

from branches.desk.buttons import address_on, buttons_of
from branches.desk.chosen import chosen_branch
from branches.models import Proposal
from core.models import ContentPage
from history.content import Versioned


def branch_at_opening(request: HttpRequest, subject: Any) -> Proposal | None:
    """The branch on which a page or snippet is opened; none where that is no matter."""
    # With anything asked for it is a draft of the main line that is to be shown.
    is_opened = request.method == "GET" and not set(request.GET) - {"next"}
    if not is_opened or not isinstance(subject, Versioned):
        return None
    branch = chosen_branch(request)
    if branch is not None and subject.first_published_at is None:
        messages.info(
            request,
            _("“%(title)s” was never published, so it is on the main line only.")
            % {"title": subject},
        )
        return None
    return branch


@hooks.register("before_edit_page")
def edit_on_branch(request: HttpRequest, page: Page) -> HttpResponse | None:
    match = request.resolver_match
    branch = branch_at_opening(request, page)
    if branch is None or match is None or match.url_name != "edit":
        return None
    return HttpResponseRedirect(address_on(branch, "edit", page))


@hooks.register("before_create_page")
def create_on_branch(
    request: HttpRequest, parent: Page, model: Any
) -> HttpResponse | None:
    branch = branch_at_opening(request, parent)
    if branch is None or not issubclass(model, ContentPage):
        return None
    kind = model._meta
    args = [branch.pk, getattr(parent, "uuid", None), kind.app_label, kind.model_name]
    return HttpResponseRedirect(reverse("branches_desk:add", args=args))


@hooks.register("before_move_page")
def move_on_branch(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    branch = branch_at_opening(request, page)
    return HttpResponseRedirect(address_on(branch, "move", page)) if branch else None


@hooks.register("before_delete_page")
def delete_on_branch(request: HttpRequest, page: Page) -> HttpResponse | None:
    branch = branch_at_opening(request, page)
    return HttpResponseRedirect(address_on(branch, "delete", page)) if branch else None


@hooks.register("before_copy_page")
def copy_on_main_only(request: HttpRequest, page: Page) -> HttpResponse | None:
    branch = branch_at_opening(request, page.specific)
    if branch is None:
        return None
    return told_to_leave(request, branch, _place_of(page))


@hooks.register("before_bulk_action")
def several_on_main_only(
    request: HttpRequest, action_type: str, objects: Any, view: Any
) -> HttpResponse | None:
    if not objects or not isinstance(objects[0], Page):
        return None
    branch = chosen_branch(request)
    if branch is None:
        return None
    return told_to_leave(request, branch, _place_of(objects[0]))


@hooks.register("construct_page_listing_buttons")
def offer_branch(buttons: list[Any], page: Page, user: Any, context: Any) -> None:
    """In lists of pages the branch's ways take the place of those of main."""
    branch = chosen_branch(context["request"])
    if branch is None or not isinstance(page, ContentPage):
        return
    buttons.clear()
    if not page.permissions_for_user(user).can_edit():
        return
    label = _("What to do with “%(title)s” on the branch") % {"title": page}
    menu = ButtonWithDropdown(
        buttons=buttons_of(branch, page),
        icon_name="dots-horizontal",
        attrs={"aria-label": label},
    )
    buttons.append(menu)


def _place_of(page: Page) -> str:
    return reverse("wagtailadmin_explore", args=[page.get_parent().pk])


def told_to_leave(request: HttpRequest, branch: Proposal, back: str) -> HttpResponse:
    """Lead back to a list, and say that it would have changed the main line."""
    messages.warning(
        request,
        _(
            "This changes the main line at once, and you are on the branch “%(name)s”. "
            "Go back to the main line first. Nothing was changed."
        )
        % {"name": branch.title},
    )
    return HttpResponseRedirect(back)
