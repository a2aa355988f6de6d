"""The public page on which two versions are compared."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.reader import units_of
from history.diff.kept import kept
from history.diff.references import filled
from history.diff.rendering import unfilled_comparison, view_of
from history.diff.segments import View
from history.diff.sides import (
    DRAFT,
    LIVE,
    Side,
    Subject,
    sides_of,
    subject_at,
    subject_of,
)
from history.reading import (
    CannotRead,
    TextHidden,
    contents_of_versions,
    may_read_hidden,
)
from history.suppression.finding import hidings_of


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The comparison before or after this one: two sides next to each other."""

    older: int
    newer: int
    url: str


@require_safe
def page_diff(request: HttpRequest, address: str, a: str, b: str) -> HttpResponse:
    """Two versions of the page at an address, side by side."""
    return _compared(request, subject_at(request, address), (a, b))


@require_safe
def object_diff(request: HttpRequest, uuid: Any, a: str, b: str) -> HttpResponse:
    """Two versions of a snippet, or of a page that is gone.

    A page that is there has its comparisons at its own address.
    """
    return _compared(request, subject_of(request, uuid), (a, b))


def _compared(
    request: HttpRequest, subject: Subject, names: tuple[str, str]
) -> HttpResponse:
    older, newer = sides_of(subject, names, request)
    if older.place > newer.place:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(subject.url(newer.name, older.name) + query)
    context = _about(subject, older, newer)
    try:
        context["comparison"] = _comparison(request, older, newer)
    except CannotRead as problem:
        return _unreadable(request, context, problem)
    view = view_of(request)
    layouts = ((View.SIDE, _("Side by side")), (View.INLINE, _("Inline")))
    context.update(view=view, layouts=layouts)
    return render(request, "history/diff.html", context)


def _about(subject: Subject, older: Side, newer: Side) -> dict[str, Any]:
    newest = newer.version or older.version
    return {
        "subject": subject,
        "title": subject.title or (newest.title if newest else ""),
        "older": older,
        "newer": newer,
        "is_same": older.place == newer.place,
        "previous": _previous(subject, older),
        "next": _next(subject, newer),
        "permalink": subject.url(_fixed(older), _fixed(newer)),
        "is_fixed": DRAFT not in (older.name, newer.name),
    }


def _comparison(request: HttpRequest, older: Side, newer: Side) -> SafeString | None:
    """The comparison itself; None when both sides are one. Raises CannotRead."""
    for version in (older.version, newer.version):
        # Asked before anything kept is fetched.
        if version and version.text_hidden and not may_read_hidden(request.user):
            raise TextHidden(version)
    if older.place == newer.place:
        return None
    view, units = view_of(request), units_of(request)

    def make() -> str:
        versions = [side.version for side in (older, newer) if side.version]
        contents = contents_of_versions(versions, reader=request.user)
        was, now = (
            contents[side.version.pk] if side.version else side.draft_content
            for side in (older, newer)
        )
        return unfilled_comparison(
            _model_of(older, newer), was, now, view=view, units=units
        )

    if older.version is None or newer.version is None:
        return filled(make(), request)
    return filled(kept(older.version, newer.version, view, units, make), request)


def _model_of(*sides: Side) -> Any:
    for side in sides:
        model = side.version.content_type.model_class() if side.version else side.model
        if model is not None:
            return model
    raise Http404(_("Nothing of this kind is known any more."))


def _unreadable(
    request: HttpRequest, context: dict[str, Any], problem: CannotRead
) -> HttpResponse:
    """Which version cannot be shown, since when and why."""
    context.update(problem=problem, version=problem.version)
    if isinstance(problem, TextHidden):
        hidings = hidings_of([problem.version])
        context["hiding"] = hidings.get(problem.version.pk)
    return render(
        request, "history/diff_unreadable.html", context, status=problem.status
    )


def _fixed(side: Side) -> str:
    """What names this side for ever: tags do, "live" is another version tomorrow."""
    if side.name == LIVE and side.version is not None:
        return str(side.version.seq)
    return side.name


def _previous(subject: Subject, side: Side) -> Neighbour | None:
    version = side.version
    if version is None or version.seq == 1:
        return None
    return _neighbour(subject, version.seq - 1, version.seq)


def _next(subject: Subject, side: Side) -> Neighbour | None:
    version: Any = side.version
    if version is None or version.seq >= (version.head_seq or 0):
        return None
    return _neighbour(subject, version.seq, version.seq + 1)


def _neighbour(subject: Subject, older: int, newer: int) -> Neighbour:
    return Neighbour(older, newer, subject.url(str(older), str(newer)))
