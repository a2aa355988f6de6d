"""Moments that somebody types: a day and a time, on the clock of their time zone."""

from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def is_told_everywhere(moment: datetime) -> bool:
    """Whether the clocks of all time zones can show it.

    The first and the last hours that Python knows lie outside for some of them.
    """
    return MINYEAR < moment.year < MAXYEAR


class MomentFormField(forms.DateTimeField):
    """Cleans to a moment that can be told in any time zone, or None when blank."""

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        if moment is not None and not is_told_everywhere(moment):
            raise ValidationError(_("Choose another day."), code="invalid")
        return moment


def refuse_ends_of_time(form: forms.BaseForm) -> None:
    """The same for a form whose fields are made elsewhere, once each is clean."""
    for name, value in list(form.cleaned_data.items()):
        if isinstance(value, datetime) and not is_told_everywhere(value):
            form.add_error(name, _("Choose another day."))
