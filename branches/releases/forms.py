"""The form that asks when a branch shall go live."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.moments import is_told_everywhere
from history.public.forms import StyledForm


def _zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones())]


class ScheduleForm(StyledForm, forms.Form):
    """A day, a time of day and whose clock it is."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=_zones)

    @classmethod
    def begun_with(cls, due_at: datetime | None, **more: Any) -> "ScheduleForm":
        """The form as it is shown first, in the time zone of whoever reads it."""
        zone = timezone.get_current_timezone()
        initial: dict[str, Any] = {"zone": str(zone)}
        if due_at is not None:
            here = due_at.astimezone(zone)
            initial |= {"day": here.date(), "time": here.time()}
        return cls(initial=initial, **more)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if {"day", "time", "zone"} <= cleaned.keys():
            cleaned["at"] = self._moment(cleaned)
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> datetime | None:
        zone = ZoneInfo(cleaned["zone"])
        told = datetime.combine(cleaned["day"], cleaned["time"])
        if not is_told_everywhere(told):
            self.add_error("day", gettext("Choose another day."))
            return None
        at = told.replace(tzinfo=zone).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) != told:
            # Clocks go forward: an hour of that night is left out.
            self.add_error("time", gettext("There is no such time on that day."))
        elif at <= timezone.now():
            self.add_error("day", gettext("Choose a time that is still to come."))
        return at
