"""The public past of one page or snippet: its list of versions, and each version."""

from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from history.diff.rendering import render_content
from history.diff.sides import Subject, subject_at, subject_of
from history.facts import seen
from history.models import PageVersion, VersionHold
from history.public.entries import cut_of, entries_of
from history.public.kept_lists import KeptList, kept_list_of
from history.public.lines import for_lists, line_of
from history.public.listing import filter_of, listed_of, newest_of, oversees
from history.reading import CannotRead, content_of_version
from history.subjects import may_revert

# The element on a page that its latest changes are put into, and how many.
LATEST, LATEST_SHOWN = "latest-changes", 3


@require_safe
def page_history(request: HttpRequest, address: str) -> HttpResponse:
    """Every published version of the page at an address, newest first."""
    response = _history(request, subject_at(request, address))
    # A cache must never show the fragment to who asked for the page.
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_safe
def object_history(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The versions of a snippet, or of a page that is gone for those who may know."""
    return _history(request, subject_of(request, uuid))


@require_safe
def page_version(request: HttpRequest, address: str, seq: str) -> HttpResponse:
    """What one version said, with a banner that it is not today's page."""
    return _version(request, subject_at(request, address), seq)


@require_safe
def object_version(request: HttpRequest, uuid: Any, seq: str) -> HttpResponse:
    """What one version of a snippet or a page that is gone said."""
    return _version(request, subject_of(request, uuid), seq)


def _history(request: HttpRequest, subject: Subject) -> HttpResponse:
    kept, title = kept_list_of(subject.uuid), subject.title
    if kept is None or subject.address is None:
        # By its uuid alone nothing has said yet that this person may read of it.
        first = subject.versions.filter(seq=1).first()
        if first is None:
            raise Http404(_("Nothing of this was ever published."))
        kept = kept or KeptList(
            subject.uuid, first.content_type_id, first.changed_facts
        )
        title = title or first.title
    if _is_for_the_page_itself(request):
        return _latest(request, subject)
    if wanted := _comparison_asked(request, subject):
        return wanted
    status = 200
    if request.GET or oversees(request):
        form = filter_of(request, kept)
        listed = listed_of(request, form, subject)
        status = 200 if form.is_valid() else 400
    else:
        listed = newest_of(request, subject, kept)
    context = {"subject": subject, "title": title, "listed": listed}
    return render(request, "history/history.html", context, status=status)


def _is_for_the_page_itself(request: HttpRequest) -> bool:
    """Whether the page that this is the history of asks for its latest changes."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and htmx.target == LATEST)


def _latest(request: HttpRequest, subject: Subject) -> HttpResponse:
    cut = cut_of(
        subject.versions, key="seq", before=None, after=None, size=LATEST_SHOWN
    )
    context = {"list": cut.shown(request, subject.home)}
    return render(request, "history/history.html#latest", context)


def _comparison_asked(request: HttpRequest, subject: Subject) -> HttpResponse | None:
    """The two versions chosen in the list lead to their comparison."""
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    if not (a.isdecimal() and b.isdecimal() and len(a) < 10 and len(b) < 10):
        return None
    older, newer = sorted((int(a), int(b)))
    return HttpResponseRedirect(subject.url(str(older), str(newer)))


def _version(request: HttpRequest, subject: Subject, seq: str) -> HttpResponse:
    number = int(seq)
    found = for_lists(subject.versions).filter(seq=number).first()
    if found is None:
        raise Http404(_("There is no such version."))
    (entry,) = entries_of([line_of(found)], request=request, home=subject.home)
    newest = subject.versions.aggregate(newest=Max("seq"))["newest"]
    context: dict[str, Any] = {
        "subject": subject,
        "entry": entry,
        "version": found,
        "may_revert": may_revert(request.user, [found]),
        "hold": _hold_on(found, request.user),
        "title": entry.title or subject.title,
        "newest": newest,
        "links": {
            "previous": subject.home.version(number - 1) if number > 1 else "",
            "next": subject.home.version(number + 1) if number < newest else "",
            "since": subject.home.diff(number, newest) if number < newest else "",
        },
    }
    status = 200
    try:
        content = content_of_version(found, reader=request.user)
        model = found.content_type.model_class()
        context["content"] = render_content(model, seen(content), request=request)
    except CannotRead as problem:
        context["problem"], status = problem, problem.status
    return render(request, "history/version.html", context, status=status)


def _hold_on(version: PageVersion, reader: Any) -> VersionHold | None:
    """Why the version may not be archived, for those who may know."""
    if not reader.has_perm("history.view_versionhold"):
        return None
    holds = VersionHold.objects.in_force().filter(version=version)
    return holds.select_related("placed_by").first()
