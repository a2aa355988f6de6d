"""The same for snippets: an area, an element, a layout, a licence.

They are edited and taken away on a branch; new ones are made on the main line, since
what names them needs the key of their row.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages

from branches.desk.buttons import address_on
from branches.desk.chosen import chosen_branch
from branches.desk.detours import branch_at_opening, told_to_leave
from core.models import VersionedSnippet


@hooks.register("before_edit_snippet")
def edit_on_branch(request: HttpRequest, snippet: Any) -> HttpResponse | None:
    branch = branch_at_opening(request, snippet)
    return HttpResponseRedirect(address_on(branch, "edit", snippet)) if branch else None


@hooks.register("before_delete_snippet")
def delete_on_branch(
    request: HttpRequest, snippets: Sequence[Any]
) -> HttpResponse | None:
    branch = branch_at_opening(request, snippets[0]) if snippets else None
    if branch is None:
        return None
    return HttpResponseRedirect(address_on(branch, "delete", snippets[0]))


@hooks.register("before_create_snippet")
def create_on_main(request: HttpRequest, model: Any) -> None:
    """Say where it will be: its form stays that of the main line."""
    if request.method != "GET" or not issubclass(model, VersionedSnippet):
        return
    if branch := chosen_branch(request):
        messages.info(
            request,
            _(
                "What is new here is on the main line at once, and not on the branch "
                "“%(name)s”."
            )
            % {"name": branch.title},
        )


@hooks.register("before_bulk_action")
def several_on_main_only(
    request: HttpRequest, action_type: str, objects: Any, view: Any
) -> HttpResponse | None:
    if not objects or not isinstance(objects[0], VersionedSnippet):
        return None
    branch = chosen_branch(request)
    if branch is None:
        return None
    name = type(objects[0]).snippet_viewset.get_url_name("list")
    return told_to_leave(request, branch, reverse(name))
