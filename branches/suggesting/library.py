"""Photos and tags in the form of a suggestion: chosen from those there are."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taggit.forms import TagField

from photos.models import Photo

# Of a person's own photos, the newest ones: more would be too many to choose from.
MOST_SHOWN = 200
MOST_TAGS, LONGEST_TAG = 50, 100


class OwnPhotoField(forms.ModelChoiceField):
    """A photo that the person has uploaded, or the one that stands there."""

    def __init__(self, **kwargs: Any) -> None:
        # Nobody's until a form says whose it is.
        super().__init__(Photo.objects.none(), empty_label=_("None"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class KnownTagsField(TagField):
    """Tags by their names. A suggestion makes no new ones: they would outlive it."""

    def __init__(self, tags: Any, **kwargs: Any) -> None:
        self.tags = tags
        help_text = _(
            "Tags that are in use on the wiki, with commas between: wooden, family"
        )
        super().__init__(**{**kwargs, "help_text": help_text})

    def clean(self, value: Any) -> list[str]:
        names: list[str] = super().clean(value)
        wanted = {name.casefold(): name for name in names}
        if len(wanted) > MOST_TAGS:
            raise ValidationError(
                gettext("Name %(most)s tags at most.") % {"most": MOST_TAGS}
            )
        asked = Q()
        for name in wanted.values():
            # No tag is longer, and SQLite compares with no pattern of 50,000 letters.
            if len(name) <= LONGEST_TAG:
                asked |= Q(name__iexact=name)
        known = self.tags.filter(asked).values_list("name", flat=True) if asked else []
        found = {name.casefold(): name for name in known}
        if missing := [name for key, name in wanted.items() if key not in found]:
            raise ValidationError(
                gettext("There is no tag called “%(name)s” yet.")
                % {"name": Truncator(missing[0]).chars(LONGEST_TAG)}
            )
        return list(found.values())


def offer_library(form: Any, all_forms: Iterable[forms.BaseForm], user: Any) -> None:
    """Let the fields for photos offer those of a person; without any, leave them out.

    One query, however many fields there are.
    """
    fields = [
        (one, name, field)
        for one in all_forms
        for name, field in one.fields.items()
        if isinstance(field, OwnPhotoField)
    ]
    if not fields:
        return
    held = {one.get_initial_for_field(field, name) for one, name, field in fields}
    of_person = Photo.objects.filter(uploaded_by_user=user).order_by("-pk")
    own = set(of_person.values_list("pk", flat=True)[:MOST_SHOWN])
    keys = own | {getattr(key, "pk", key) for key in held if key is not None}
    if not keys:
        form.fields.pop("lead_photo", None)
        form.formsets.pop("gallery", None)
        return
    photos = Photo.objects.filter(pk__in=keys).order_by("-pk")
    choices = [(photo.pk, photo.title) for photo in photos.only("pk", "title")]
    told = "" if own else _("You have uploaded no photos of your own yet.")
    for _form, _name, field in fields:
        field.queryset, field.help_text = photos, told
        # The same list for all of them, and read once.
        field.choices = [("", field.empty_label), *choices]
