"""Which live text a text was begun from: told by the object and by its form."""

from types import EllipsisType
from typing import Any

from django import forms
from django.db.models import BigIntegerField

from core.snapshots import FIELD, SnapshotField, pack


class Begun:
    """Something with drafts that knows what was live when its text was begun."""

    # The CMS revision that was live when the text in memory was begun, once a form
    # has said so; the revisions saved from it carry it on. (`...`: nobody has said.)
    begun_from: int | EllipsisType | None = ...

    # The stored data of the text that a form is opened with, for the form to carry.
    begun_with: dict[str, Any] | None = None

    def with_beginning(self, data: dict[str, Any]) -> dict[str, Any]:
        """Serialised data that says what the text was begun from."""
        if self.begun_from is not ...:
            # The row was read again since then, and knows of later publishes.
            data["live_revision"] = data["latest_revision"] = self.begun_from
        return data

    def save_revision(self: Any, *args: Any, **kwargs: Any) -> Any:
        overwritten = kwargs.get("overwrite_revision")
        if overwritten is not None and overwritten.pk == self.live_revision_id:
            # Autosave of a tab left open would rewrite what has been published.
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]  # a mixin for models


class BeginningField(forms.IntegerField):
    """Which revision was live when the form was opened; empty for none."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"min_value": 1, "max_value": BigIntegerField.MAX_BIGINT}
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        # Others publishing is no edit of this form's.
        return False


class TellsBeginning:
    """For forms with a BeginningField named `begun_from`.

    It is sent along and back again: the object is read anew when the form comes in,
    and could not tell any more what was live when its author began. So is the text
    that the form was opened with (core/snapshots.py).
    """

    # What is saved instead of the instance: the text with what others changed.
    together: Any = None

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.begun_from is not ...:
            self.initial["begun_from"] = self.instance.begun_from
        shown = self.instance.begun_with
        # What is new gets it with the answer to its first autosave.
        if shown is not None or self.instance.pk is None or FIELD in self.data:
            self.fields[FIELD] = SnapshotField()
        if shown is not None:
            self.initial[FIELD] = pack(self.instance, shown)

    def save(self: Any, commit: bool = True) -> Any:
        if self.together is None:
            return super().save(commit=commit)  # type: ignore[misc]  # a mixin for forms
        if commit:
            self.together.save()
        return self.together

    def get_field_updates_for_resave(self: Any) -> list[tuple[str, str]]:
        """As Wagtail's, and what is saved now is what the open form goes on from."""
        updates = super().get_field_updates_for_resave()  # type: ignore[misc]  # a mixin for forms
        if saved := self.instance.latest_revision:
            updates.append((FIELD, pack(self.instance, saved.content)))
        for rows in self.formsets.values():
            updates += [
                (form.add_prefix("uuid"), str(form.instance.uuid))
                for form in rows.forms
                if "uuid" in form.fields and form not in rows.deleted_forms
            ]
        return list(updates)

    def clean(self: Any) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]  # a mixin for forms
        if self.add_prefix("begun_from") in self.data:
            self.instance.begun_from = cleaned.get("begun_from")
        return cleaned
