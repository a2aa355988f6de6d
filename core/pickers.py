"""What pickers of the admin send: the key of something."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest, ValidationError

from wagtail.admin.widgets.chooser import BaseChooser


def refuse_made_up(form: Any) -> None:
    """Raise BadRequest for what no picker sends: a key that is none.

    The library's pickers look it up once more when the form is shown again.
    """
    for one in _with_rows(form):
        for bound in one:
            if isinstance(bound.field.widget, BaseChooser) and bound.data:
                known: Any = bound.field.queryset
                try:
                    known.model._meta.pk.to_python(bound.data)
                except ValidationError as wrong:
                    raise BadRequest("The form was changed on its way.") from wrong


def _with_rows(form: Any) -> Iterator[Any]:
    yield form
    for rows in getattr(form, "formsets", {}).values():
        for row in rows.forms:
            yield from _with_rows(row)
