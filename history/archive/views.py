"""Starting the archive from the admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wagtail.admin import messages

from core.jobs.actions import AlreadyActive, start_job
from core.jobs.views import RUN, page_of
from history.archive.forms import StartForm

__all__ = ["RUN", "start"]


def start(request: HttpRequest) -> HttpResponse:
    """Ask what to do, then put the job in its slot and show it."""
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, options = form.job()
        try:
            job = start_job(kind=kind, by=request.user, options=options)
        except AlreadyActive as refusal:
            messages.warning(request, str(refusal))
            if refusal.job is not None:
                return redirect(page_of(refusal.job))
        else:
            return redirect(page_of(job))
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "history/archive/start.html", {"form": form}, status=status)
