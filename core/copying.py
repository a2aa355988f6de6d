"""Copying a page in the CMS."""

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.admin.forms.pages import CopyForm as WagtailCopyForm

from core.reserved import refusal_of_slug


class CopyForm(WagtailCopyForm):
    """Wagtail's form without aliases: one thing has one page (see AliasRefused)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean_new_slug(self) -> str:
        slug = str(self.cleaned_data["new_slug"])
        if refusal := refusal_of_slug(slug):
            raise ValidationError(refusal)
        return slug
