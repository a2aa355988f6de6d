"""The editor of pages and snippets, on a branch: no draft on main knows of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.base import View

from wagtail.admin import messages
from wagtail.admin.telepath import JSContext
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel, PreviewSidePanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from branches.actions import put_on
from branches.desk.buttons import buttons_of
from branches.desk.chosen import choose
from branches.desk.finding import branch_to_write_on
from branches.desk.page_forms import (
    OpeningForm,
    content_in,
    form_of,
    handler_of,
    opening_of,
    piece_of,
    sent_whole,
    together,
)
from branches.desk.pages import OnBranch, text_on
from branches.desk.refusals import BothWrote
from branches.models import ProposalItem
from branches.refusals import RevisedMeanwhile
from history.diff.rendering import render_comparison
from history.reverting.contents import Content

MOST_TRIES = 3


class BranchEditor(WagtailAdminTemplateMixin, View):
    """The form, panels and preview of Wagtail's editor, bound to an item of a branch.

    Its own editor creates a session, a subscription and drafts for a page that has a
    row; what a branch adds has none, and what it edits shall not know of it.
    """

    template_name = "branches/desk/edit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.branch = branch_to_write_on(request, kwargs["pk"])
        self.found = self.find()
        # Whoever opens it by its address goes on there.
        choose(request, self.branch)
        self.conflict: dict[str, Any] = {}
        return super().dispatch(request, *args, **kwargs)

    def find(self) -> OnBranch:
        """The page or snippet as the branch has it now."""
        return text_on(self.branch, self.kwargs["uuid"], self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = form_of(self.found, request.user)
        self.opening = opening_of(self.found)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = OpeningForm(request.POST)
        sent.is_valid()
        self.opening = sent.cleaned_data.get("branch_opening", "")
        # The form writes into its page: what the branch says is asked for once more.
        current = self.find()
        self.form = form_of(self.found, request.user, request.POST, request.FILES)
        with sent_whole():
            is_valid = self.form.is_valid()
        if not is_valid:
            messages.validation_error(
                request,
                _("It could not be saved: see what is said beside the fields."),
                self.form,
            )
            return self.render_to_response(self.get_context_data(), status=422)
        content = content_in(self.form, self.found)
        take_mine = bool(sent.cleaned_data.get("branch_take_mine"))
        return self.save(current, content, take_mine=take_mine)

    def save(
        self, current: OnBranch, content: Content, *, take_mine: bool
    ) -> HttpResponse:
        for _try in range(MOST_TRIES):
            both = together(current, content, self.opening, take_mine=take_mine)
            if both is not None and both.conflicts:
                return self.disputed(current, content)
            wanted = piece_of(current, both.content if both else content)
            try:
                put_on(self.branch, wanted, by=self.request.user, seen=current.seen)
            except RevisedMeanwhile:
                current = self.find()
                continue
            return self.saved(wanted.uuid, is_merged=both is not None)
        raise RevisedMeanwhile

    def saved(self, uuid: UUID, *, is_merged: bool) -> HttpResponse:
        items = ProposalItem.objects.filter(proposal=self.branch, object_uuid=uuid)
        if is_merged:
            said = _("Saved on the branch, with what others wrote there meanwhile.")
        elif items.exists():
            said = _("Saved on the branch “%(name)s”.") % {"name": self.branch.title}
        else:
            said = _("It says what the main line says, so the branch leaves it alone.")
        messages.success(self.request, said)
        return HttpResponseRedirect(self.address_of("edit", uuid))

    def disputed(self, current: OnBranch, content: Content) -> HttpResponse:
        """Both texts: the one in the form, and how it differs from the other."""
        refused = BothWrote()
        self.conflict = {
            "refused": refused,
            "differences": render_comparison(
                type(current.subject), current.content, content, request=self.request
            ),
        }
        context = self.get_context_data()
        return self.render_to_response(context, status=refused.status)

    def address_of(self, name: str, uuid: UUID) -> str:
        return reverse(f"branches_desk:{name}", args=[self.branch.pk, uuid])

    @property
    def preview_url(self) -> str:
        return self.address_of("preview", self.found.subject.uuid)

    @property
    def page_title(self) -> str:
        return _("Editing on the branch “%(name)s”") % {"name": self.branch.title}

    def get_page_subtitle(self) -> str:
        return str(self.found.subject)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        branch = reverse("branches_desk:branch", args=[self.branch.pk])
        return [
            {"url": reverse("branches_desk:index"), "label": _("Branches")},
            {"url": branch, "label": self.branch.title},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return buttons_of(self.branch, self.found.subject, is_new=self.found.is_new)

    def get_side_panels(self) -> MediaContainer:
        page, request = self.found.subject, self.request
        if not self.found.is_page:
            return MediaContainer([])
        return MediaContainer(
            [
                PreviewSidePanel(page, request, preview_url=self.preview_url),
                ChecksSidePanel(page, request),
            ]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        panel = handler_of(self.found).get_bound_panel(
            instance=self.found.subject, request=self.request, form=self.form
        )
        side_panels, js = self.get_side_panels(), JSContext()
        edit_handler_data = js.pack(panel)
        media = MediaContainer([panel, self.form, side_panels, js]).media
        return {
            **super().get_context_data(**kwargs),
            "branch": self.branch,
            "found": self.found,
            "object": self.found.subject,
            "page": self.found.subject,
            "panel": panel,
            "edit_handler_data": edit_handler_data,
            "form": self.form,
            "opening": self.opening,
            "side_panels": side_panels,
            "media": media,
            "action_url": self.request.path,
            "has_unsaved_changes": self.form.is_bound,
            "autosave_enabled": False,
            **self.conflict,
        }
