"""What facts are called, in the language of who reads or fills in."""

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.wording import Words

# Facts that read better under a name of their own than under that of their column.
NAMES_OF_FACTS: dict[str, Words] = {
    "tagged_items": _("tags"),
    "status_periods": _("status"),
    "gallery": _("photos"),
    "terms": _("owners and operators"),
    "external_ids": _("numbers elsewhere"),
    "slug": _("address of the page"),
}


def say_labels(form: Any, model: type[Model]) -> None:
    """Translate the labels that Django made of the names of a model's fields.

    Those names are no lazy texts, and form classes are made once for all languages.
    """
    known = {field.name: field for field in model._meta.get_fields()}
    for name, field in form.fields.items():
        called = getattr(known.get(name), "verbose_name", None)
        if isinstance(called, str) and field.label == capfirst(called):
            field.label = capfirst(gettext(called))
