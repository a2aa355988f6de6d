"""Adding a page on a branch: below one of the main line or below another new one."""

from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.desk.editor import BranchEditor
from branches.desk.finding import branch_to_write_on
from branches.desk.pages import OnBranch, begin_page, place_on
from branches.models import Proposal
from core.models import ContentPage


def kinds_under(place: Any) -> list[Any]:
    """The kinds of pages that may be added below a page on a branch, by name."""
    kinds = [
        model
        for model in type(place).creatable_subpage_models()
        if issubclass(model, ContentPage) and model.can_create_at(place)
    ]
    return sorted(kinds, key=lambda model: str(model.get_verbose_name()).lower())


@require_safe
def choose_kind(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Which kind of page shall be added; with one only, straight to its form."""
    branch = branch_to_write_on(request, pk)
    place = place_on(branch, uuid, request.user)
    kinds = [
        (
            model.get_verbose_name(),
            model.get_page_description(),
            reverse(
                "branches_desk:add",
                args=[pk, uuid, model._meta.app_label, model._meta.model_name],
            ),
        )
        for model in kinds_under(place)
    ]
    if len(kinds) == 1:
        return HttpResponseRedirect(kinds[0][2])
    context = {"branch": branch, "place": place, "kinds": kinds}
    return render(request, "branches/desk/kinds.html", context)


def begun_page(
    branch: Proposal, uuid: UUID, app: str, name: str, user: Any
) -> OnBranch:
    """A page of a kind in memory, below the page with an identity.

    Raises Http404, PermissionDenied for a kind that cannot stand there.
    """
    place = place_on(branch, uuid, user)
    try:
        model = ContentType.objects.get_by_natural_key(app, name).model_class()
    except ContentType.DoesNotExist as unknown:
        raise Http404 from unknown
    if model not in kinds_under(place):
        raise PermissionDenied
    return begin_page(branch, model, place)


class BranchCreator(BranchEditor):
    """The editor with a page that the branch does not have yet."""

    def find(self) -> OnBranch:
        kwargs: dict[str, Any] = self.kwargs
        return begun_page(
            self.branch,
            kwargs["uuid"],
            kwargs["app"],
            kwargs["name"],
            self.request.user,
        )

    @property
    def preview_url(self) -> str:
        kwargs = self.kwargs
        args = [self.branch.pk, kwargs["uuid"], kwargs["app"], kwargs["name"]]
        return reverse("branches_desk:preview_new", args=args)

    @property
    def page_title(self) -> str:
        return _("Adding on the branch “%(name)s”") % {"name": self.branch.title}

    def get_page_subtitle(self) -> str:
        return _(str(type(self.found.subject).get_verbose_name()))

    @property
    def header_more_buttons(self) -> list[Any]:
        return []
