"""The admin form of a snippet that carries facts."""

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm

from core.beginnings import BeginningField, TellsBeginning
from core.labels import say_labels
from core.moments import refuse_ends_of_time
from core.pickers import refuse_made_up


class VersionedSnippetForm(TellsBeginning, WagtailAdminModelForm):
    """Knows what was live when it was opened, so that nobody publishes over others."""

    begun_from = BeginningField()

    class Meta:
        # Its history says so; nobody types it.
        exclude = ("first_published_at",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_labels(self, type(self.instance))

    def _post_clean(self) -> None:
        refuse_ends_of_time(self)
        super()._post_clean()

    def is_valid(self) -> bool:
        is_valid = bool(super().is_valid())
        if not is_valid:
            refuse_made_up(self)
        return is_valid
