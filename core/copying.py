"""Copying a page in the CMS."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm as WagtailCopyForm


class CopyForm(WagtailCopyForm):
    """Wagtail's form without aliases: one thing has one page (see AliasRefused)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
