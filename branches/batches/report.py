"""The report of a batch as a file for spreadsheets."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from branches.batches.views import refuse_strangers
from branches.models import Batch
from core.csv_files import safe_cell

COLUMNS = ("row", "page", "uuid", "outcome", "message")


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row. Nothing in it is a formula."""
    refuse_strangers(request)
    batch = get_object_or_404(Batch, pk=pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="batch-{batch.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in batch.rows.order_by("number"):
        cells = (row.title, row.object_uuid or "", row.outcome, row.words)
        writer.writerow([row.number, *(safe_cell(str(cell)) for cell in cells)])
    return response
