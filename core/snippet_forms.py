"""The admin form of a snippet that carries facts."""

from wagtail.admin.forms.models import WagtailAdminModelForm

from core.beginnings import BeginningField, TellsBeginning


class VersionedSnippetForm(TellsBeginning, WagtailAdminModelForm):
    """Knows what was live when it was opened, so that nobody publishes over others."""

    begun_from = BeginningField()
