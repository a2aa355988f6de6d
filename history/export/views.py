"""All versions of a page or snippet, to take along."""

from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.limited import too_many
from accounts.throttle import WINDOW_SECONDS, is_too_often
from history.diff.sides import Subject, subject_at, subject_of
from history.export.lines import exported

EXPORTS_A_MINUTE = 10


@require_safe
def page_export(
    request: HttpRequest, address: str
) -> HttpResponse | StreamingHttpResponse:
    """Every version of the page at an address, for those who may read its history."""
    return _file(request, subject_at(request, address))


@require_safe
def object_export(
    request: HttpRequest, uuid: str
) -> HttpResponse | StreamingHttpResponse:
    """The same for a snippet, or a page that is gone for those who may know."""
    return _file(request, subject_of(request, uuid))


def _file(
    request: HttpRequest, subject: Subject
) -> HttpResponse | StreamingHttpResponse:
    if not subject.versions.exists():
        raise Http404("Nothing of this was ever published.")
    if is_too_often(request, what="versions.jsonl", most=EXPORTS_A_MINUTE):
        return too_many(request, seconds=WINDOW_SECONDS)
    lines = exported(subject.versions)
    # The oldest version lies in the archive first of all. While that is out of reach,
    # this is refused here, where it can be said: later it would only cut the file.
    begun = [next(lines)]
    return StreamingHttpResponse(
        chain(begun, lines),
        content_type="application/x-ndjson; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(
                True, f"{_name(subject)}.jsonl"
            ),
            # Each of them is read from the archive: no cache keeps such a file.
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


def _name(subject: Subject) -> str:
    address = (subject.address or "").strip("/")
    return address.rpartition("/")[2] or str(subject.uuid)
