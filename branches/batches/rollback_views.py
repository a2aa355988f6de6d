"""The admin's screen for taking back what somebody published."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from branches.batches.forms import RollbackForm
from branches.batches.rollback import prepare_rollback
from branches.rights import may_review
from core.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def rollback(request: HttpRequest) -> HttpResponse:
    """Ask whose changes of which time, and show what taking them back would do."""
    if not may_review(request.user):
        raise PermissionDenied
    form = RollbackForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            batch = prepare_rollback(
                **form.cleaned_data, by=request.user, said=form.in_words()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(batch)
    status = 422 if form.is_bound else 200
    return render(
        request, "branches/batches/rollback.html", {"form": form}, status=status
    )
