"""The page that shows what a revert would change, and does it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from history.diff.rendering import render_comparison
from history.diff.sides import Subject, subject_at, subject_of
from history.models import ChangeSet, ObjectHead, PageVersion
from history.public.entries import entries_of
from history.public.lines import for_lists, line_of
from history.reading import CannotRead
from history.reverting.actions import revert
from history.reverting.forms import RevertForm, disputes_of
from history.reverting.plans import Plan, Planner, return_to, undo
from history.reverting.publishing import Words
from history.reverting.refusals import RevertRefused
from history.subjects import may_read, may_revert

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def revert_page(request: HttpRequest, address: str, seq: str) -> HttpResponse:
    """Bring a version of the page at an address back, as a whole."""
    return _version(request, subject_at(request, address), seq)


@login_required
@require_http_methods(METHODS)
def revert_object(request: HttpRequest, uuid: Any, seq: str) -> HttpResponse:
    """Bring a version of a snippet back, as a whole."""
    return _version(request, subject_of(request, uuid), seq)


@login_required
@require_http_methods(METHODS)
def revert_change(request: HttpRequest, number: str) -> HttpResponse:
    """Undo one change, and nothing that came after it."""
    change = get_object_or_404(
        ChangeSet.objects.select_related("author", "publisher"), pk=int(number)
    )
    versions = list(change.versions.select_related("content_type"))
    readable = may_read(request.user, change.versions.all()).count()
    if not readable:
        raise Http404(_("There is no such change."))
    if readable < len(versions) or not may_revert(request.user, versions):
        raise PermissionDenied
    return _asked(
        request,
        undo(change),
        {
            "change": change,
            "back": reverse("history:changeset", args=[change.pk]),
        },
    )


def _version(request: HttpRequest, subject: Subject, seq: str) -> HttpResponse:
    found = for_lists(subject.versions).select_related("content_type")
    version = found.filter(seq=int(seq)).first()
    head = ObjectHead.objects.filter(pk=subject.uuid).select_related("version").first()
    if version is None or head is None or head.version is None:
        raise Http404(_("There is no such version."))
    if not may_revert(request.user, [version]):
        raise PermissionDenied
    (entry,) = entries_of([line_of(version)], request=request, home=subject.home)
    context = {
        "entry": entry,
        "newest": head.version,
        "back": entry.url,
    }
    return _asked(request, return_to(version), context)


def _asked(
    request: HttpRequest, planner: Planner, context: dict[str, Any]
) -> HttpResponse:
    """What would change, and the form; on POST what was asked for."""
    status = 200
    try:
        plan = planner(by=request.user, choices={}, hold=False)
    except (RevertRefused, CannotRead) as problem:
        context |= {"problem": problem}
        return _page(request, context, status=problem.status)
    posted = request.POST if request.method == "POST" else None
    form = RevertForm(posted, disputes=disputes_of(plan))
    if posted is not None and form.is_valid():
        try:
            return _done(request, planner, form)
        except CannotRead as problem:
            context |= {"problem": problem}
            return _page(request, context, status=problem.status)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = refused.status
    elif posted is not None:
        status = 422
    context |= {
        "plan": plan,
        "form": form,
        "questions": form.questions(request),
        "objects": _shown(request, plan),
        "can_publish": plan.is_published_by(request.user),
    }
    return _page(request, context, status=status)


def _page(
    request: HttpRequest, context: dict[str, Any], *, status: int
) -> HttpResponse:
    return render(request, "history/reverting/revert.html", context, status=status)


def _done(request: HttpRequest, planner: Planner, form: RevertForm) -> HttpResponse:
    asked = form.cleaned_data
    publish = "draft" not in request.POST
    plan = revert(
        planner,
        seen=asked["seen"],
        choices=form.choices(),
        by=request.user,
        words=Words(asked["reason"], asked["source"]),
        publish=publish,
    )
    first = next(undoing for undoing in plan.undoings if not undoing.is_idle)
    if publish:
        newest = PageVersion.objects.filter(object_uuid=first.subject.uuid)
        change = newest.order_by("-seq").values_list("changeset", flat=True)[0]
        messages.success(request, _("Reverted. This is the change it made."))
        return HttpResponseRedirect(reverse("history:changeset", args=[change]))
    names = ", ".join(f"“{undoing.subject}”" for undoing in plan.undoings[:5])
    messages.success(
        request,
        _("Saved as a draft: %(names)s. Nothing is public yet.") % {"names": names},
    )
    if len(plan.undoings) == 1 and first.version.page_id:
        return HttpResponseRedirect(
            reverse("wagtailadmin_pages:edit", args=[first.version.page_id])
        )
    return HttpResponseRedirect(
        reverse("history:changeset", args=[first.version.changeset_id])
    )


def _shown(request: HttpRequest, plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "undoing": undoing,
            "comparison": render_comparison(
                type(undoing.subject), undoing.before, undoing.after, request=request
            ),
        }
        for undoing in plan.undoings
    ]
