"""Labels of form fields in the language of who fills the form."""

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext


def say_labels(form: Any, model: type[Model]) -> None:
    """Translate the labels that Django made of the names of a model's fields.

    Those names are no lazy texts, and form classes are made once for all languages.
    """
    known = {field.name: field for field in model._meta.get_fields()}
    for name, field in form.fields.items():
        called = getattr(known.get(name), "verbose_name", None)
        if isinstance(called, str) and field.label == capfirst(called):
            field.label = capfirst(gettext(called))
