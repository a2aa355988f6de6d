"""Form fields of the public form: the editor's, with controls that need no script."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taggit.managers import TaggableManager
from wagtail.models import DraftStateMixin, Page

from branches.suggesting.library import KnownTagsField, OwnPhotoField
from photos.models import Photo

LONGEST_NAME = 255


class NamedThingField(forms.ModelChoiceField):
    """Something of the wiki, named in words: a company, a park, a layout.

    A list of all companies would be too long to choose from. Where two have one name,
    the end of the page's address says which.
    """

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        kwargs = {"widget": forms.TextInput({"autocomplete": "off"}), **kwargs}
        super().__init__(queryset, **kwargs)
        # What it may hold already, by key: asking for each would be many queries.
        self.known: dict[Any, Any] = {}

    def prepare_value(self, value: Any) -> Any:
        thing = self.known.get(getattr(value, "pk", value))
        return name_of(thing) if thing is not None else value

    def to_python(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())
        if not text:
            return None
        # A field of text has this of itself; no database looks for such a name.
        ProhibitNullCharactersValidator()(text)
        for thing in self.known.values():
            if name_of(thing) == text:
                return thing
        # Titles are no longer; SQLite compares with no pattern of 50,000 letters.
        found = list(self._named(text)[:2]) if len(text) <= LONGEST_NAME else []
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                gettext(
                    "There are several called “%(text)s”. Give the end of its web "
                    "address here, such as “%(address)s”."
                )
                % {"text": text, "address": getattr(found[0], "slug", found[0].pk)}
            )
        raise ValidationError(
            gettext("There is nothing called “%(text)s” here yet.")
            % {"text": Truncator(text).chars(LONGEST_NAME)}
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        shown = str(self.prepare_value(initial) or "")
        return shown != " ".join(str(data or "").split())

    def _named(self, text: str) -> Any:
        everything: Any = self.queryset
        model = everything.model
        if issubclass(model, DraftStateMixin):
            everything = everything.filter(live=True)
        if not issubclass(model, Page):
            return everything.filter(name__iexact=text)
        known = everything.filter(slug=text.strip("/").rpartition("/")[2])
        return known if known.exists() else everything.filter(title__iexact=text)


def name_of(thing: Any) -> str:
    """What something of the wiki is called, in one line."""
    name = thing.title if isinstance(thing, Page) else thing.name
    return " ".join(str(name).split())


def public_formfield(field: Any, **kwargs: Any) -> Any:
    """The form field of a model field, for people without the admin."""
    kwargs.pop("widget", None)
    # Forms are made once and said to everybody: not in the language of the first.
    label = capfirst(_(field.verbose_name))
    if isinstance(field, TaggableManager):
        return KnownTagsField(
            field.remote_field.model._default_manager.all(),
            required=False,
            label=label,
        )
    if isinstance(field, models.ForeignKey) and field.related_model is Photo:
        return OwnPhotoField(required=not field.blank, label=label)
    if isinstance(field, models.ForeignKey):
        return NamedThingField(
            field.remote_field.model._default_manager.all(),
            required=not field.blank,
            label=label,
            help_text=field.help_text,
        )
    if isinstance(field, models.DateField):
        kwargs["widget"] = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    made = field.formfield(**{"label": label, **kwargs})
    if isinstance(made, forms.ChoiceField):
        nothing = _("Not known") if field.blank else _("Please choose")
        made.choices = partial(_with_words, made.choices, nothing)
    return made


def _with_words(choices: Any, nothing: Any) -> list[tuple[Any, Any]]:
    """The choices as they are read now, with words where nothing is chosen."""
    return [(key, said if key else nothing) for key, said in choices]


def tell_what_is_held(all_forms: Iterable[forms.BaseForm]) -> None:
    """Tell every field for a named thing what it may hold already.

    One query for each kind of thing, however many fields there are.
    """
    fields: defaultdict[Any, list[NamedThingField]] = defaultdict(list)
    keys: defaultdict[Any, set[Any]] = defaultdict(set)
    for form in all_forms:
        for name, field in form.fields.items():
            if isinstance(field, NamedThingField):
                model = field.queryset.model  # type: ignore[union-attr]  # it has one
                fields[model].append(field)
                value = form.get_initial_for_field(field, name)
                if value is not None:
                    keys[model].add(getattr(value, "pk", value))
    for model, wanted in keys.items():
        known = model._base_manager.in_bulk(wanted)
        for field in fields[model]:
            field.known = known
