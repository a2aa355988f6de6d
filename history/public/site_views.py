"""The changes of the whole wiki: the newest, one in full, and the named points."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from history.models import ChangeSet, PageVersion, Tag
from history.public.credits import coauthors_of
from history.public.entries import entries_of
from history.public.forms import RecentFilter, TagForm
from history.public.lines import for_lists, line_of, lines_of
from history.public.listing import listed
from history.subjects import may_read, may_revert
from history.visibility import visible_to

# A changeset of a batch may hold thousands; the page of one shows the first.
MOST_VERSIONS = 200
MOST_TAGS = 500


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """What changed anywhere, newest first, as far as this person may know."""
    form = RecentFilter(request.GET, models=_models())
    versions = visible_to(request.user, PageVersion.objects.all())
    context = {"listed": listed(request, form, versions)}
    return render(
        request, "history/recent.html", context, status=200 if form.is_valid() else 400
    )


@require_http_methods(["GET", "HEAD", "POST"])
def changeset(request: HttpRequest, number: str) -> HttpResponse:
    """One changeset: who, when, why, what became of each object; tags it on POST."""
    versions = may_read(request.user, PageVersion.objects.filter(changeset=int(number)))
    rows = list(for_lists(versions).order_by("pk")[: MOST_VERSIONS + 1])
    if not rows:
        raise Http404(_("There is no such change."))
    change = rows[0].changeset
    form = None
    if request.user.has_perm("history.add_tag"):
        form = TagForm(request.POST or None)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if tag := _named(form, change, by=request.user):
            return HttpResponseRedirect(reverse("history:tag", args=[tag.slug]))
    lines = [line_of(row) for row in rows[:MOST_VERSIONS]]
    entries = entries_of(lines, request=request)
    context = {
        "change": change,
        "coauthors": coauthors_of(change),
        "entries": entries,
        "hiding": next((entry.hiding for entry in entries if entry.hiding), None),
        "has_more": len(rows) > MOST_VERSIONS,
        "form": form,
        "undone_by": _undone_by(change, request.user),
        "may_revert": may_revert(request.user, rows),
    }
    is_bad = request.method == "POST"
    return render(
        request, "history/changeset.html", context, status=422 if is_bad else 200
    )


def _undone_by(change: ChangeSet, reader: Any) -> list[int]:
    """Numbers of the changes that took this one back, oldest first."""
    later = PageVersion.objects.filter(changeset__undoes=change)
    numbers = visible_to(reader, later).values_list("changeset", flat=True)
    return sorted(set(numbers.order_by()))


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """All named points, newest first."""
    found = Tag.objects.select_related("changeset", "made_by")[:MOST_TAGS]
    return render(request, "history/tags.html", {"tags": found})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """One named point, and what changed after it."""
    found = get_object_or_404(
        Tag.objects.select_related("changeset", "made_by"), slug=slug
    )
    since = visible_to(
        request.user,
        PageVersion.objects.filter(changeset__gt=found.changeset_id, page__live=True),
    )
    lines = lines_of(since.order_by("-pk")[: MOST_VERSIONS + 1])
    newest = {line.object_uuid: line for line in reversed(lines[:MOST_VERSIONS])}
    # What did not exist yet at the tag has nothing to be compared with.
    known = set(
        PageVersion.objects.filter(
            object_uuid__in=newest, changeset__lte=found.changeset_id
        ).values_list("object_uuid", flat=True)
    )
    entries = entries_of(list(newest.values())[::-1], request=request)
    then = f"tag:{found.slug}"
    context = {
        "tag": found,
        "entries": [
            (entry, entry.home.diff(then, "live") if entry.home.uuid in known else "")
            for entry in entries
        ],
        "has_more": len(lines) > MOST_VERSIONS,
    }
    return render(request, "history/tag.html", context)


def _named(form: TagForm, change: ChangeSet, *, by: Any) -> Tag | None:
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return form.name_point(change, by=by)
    except IntegrityError:
        # Somebody else took the name between the check and now.
        form.add_error("name", _("Somebody has just taken this name. Choose another."))
        return None


def _models() -> list[Any]:
    kinds = ContentType.objects.filter(
        pk__in=PageVersion.objects.order_by().values("content_type").distinct()
    )
    return [model for kind in kinds if (model := kind.model_class()) is not None]
