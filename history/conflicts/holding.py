"""What any editor does that sees others publishing."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from core.refusals import Refused


class SeesOthers:
    """A form remembers what was live when it was opened.

    What is posted is looked at while nobody else can save or publish the same thing.
    """

    def dispatch(
        self: Any, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        handle = super().dispatch  # type: ignore[misc]  # a mixin for views
        if request.method != "POST":
            return handle(request, *args, **kwargs)
        with transaction.atomic():
            self.hold(*args, **kwargs)
            try:
                return handle(request, *args, **kwargs)
            except Refused as refused:
                # What was saved before the refusal is the editor's text: it stays.
                refusal = refused
        raise refusal
