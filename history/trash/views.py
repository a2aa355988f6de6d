"""The admin's screens for deleting, restoring and throwing away."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.models import Page

from core.changes import describe_change
from history.models import Deletion
from history.trash.actions import Restored, discard, restore
from history.trash.forms import DeletionForm, RestoreForm
from history.trash.losses import lost_mentions
from history.trash.refusals import RestoreRefused

MOST_SHOWN = 100


class DeletePage(DeleteView):
    """Wagtail's confirmation, which also asks why, and says why not."""

    template_name = "history/trash/delete.html"

    def dispatch(
        self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any
    ) -> Any:
        page = get_object_or_404(Page, id=page_id).specific
        rights = page.permissions_for_user(request.user)
        objection = "" if rights.can_delete() else rights.objection_to_deletion()
        if objection and rights.can_edit():
            context = {"page": page, "objection": objection, "rights": rights}
            name = "history/trash/not_deleted.html"
            return render(request, name, context, status=403)
        posted = request.POST if request.method == "POST" else None
        self.form = DeletionForm(posted)
        return super().dispatch(request, page_id, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        with describe_change(reason=self.form.cleaned_data["reason"]):
            return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "form": self.form}


class DeletePages(DeleteBulkAction):
    """Wagtail's deletion of several pages, which says of each why not."""

    template_name = "history/trash/delete_several.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for kept in context["items_with_no_access"]:
            rights = kept["item"].specific.permissions_for_user(self.request.user)
            # Plain articles of Wagtail's, if there are any, have plain rights.
            advise = getattr(rights, "advice_on_deletion", None)
            kept["advice"] = advise() if advise else ""
        return context


def in_trash() -> QuerySet[Deletion]:
    """What can be restored."""
    return Deletion.objects.filter(restored_at__isnull=True)


@permission_required("history.restore_trash", raise_exception=True)
@require_http_methods(["GET", "POST"])
def restore_deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would come back and ask where to; put it there."""
    deletion = get_object_or_404(Deletion, pk=pk)
    form = RestoreForm(request.POST or None, deletion=deletion)
    refusal: RestoreRefused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            restored = restore(deletion=deletion, by=request.user, **form.cleaned_data)
        except RestoreRefused as refused:
            refusal = refused
            form.add_error(refused.beside or None, str(refused))
        else:
            return _restored(request, restored)
    status = refusal.status if refusal else 400 if form.is_bound else 200
    return render(
        request,
        "history/trash/restore.html",
        {
            "deletion": deletion,
            "form": form,
            "pages": deletion.trashed_pages.defer("content", "draft")[:MOST_SHOWN],
            "more": max(deletion.trashed_pages.count() - MOST_SHOWN, 0),
            "losses": lost_mentions(deletion.trashed_pages.all()),
        },
        status=status,
    )


@permission_required("history.delete_deletion", raise_exception=True)
@require_http_methods(["GET", "POST"])
def discard_deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then throw away for good what is in the trash."""
    deletion = get_object_or_404(in_trash(), pk=pk)
    if request.method == "POST":
        discard(deletion=deletion, by=request.user)
        messages.success(
            request, _("“%(title)s” is deleted for good.") % {"title": deletion.title}
        )
        return redirect("trash_modeladmin_index")
    return render(request, "history/trash/discard.html", {"deletion": deletion})


def _restored(request: HttpRequest, restored: Restored) -> HttpResponse:
    page = restored.page
    below = restored.pages - 1
    told = _("“%(title)s” is restored.")
    if below:
        told = ngettext(
            "“%(title)s” is restored with %(below)s page below it.",
            "“%(title)s” is restored with %(below)s pages below it.",
            below,
        )
    explore = reverse("wagtailadmin_explore", args=(page.get_parent().pk,))
    edit = messages.button(
        reverse("wagtailadmin_pages:edit", args=(page.pk,)), _("Edit")
    )
    words = told % {"title": page.title, "below": below}
    messages.success(request, words, buttons=[edit])
    if restored.left_out:
        gone = "; ".join(restored.left_out)
        messages.warning(
            request, _("Gone meanwhile and left out: %(gone)s.") % {"gone": gone}
        )
    return redirect(explore)
