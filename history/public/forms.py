"""What a reader may ask of a list of changes, and the form that names a change."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from history.models import ChangeKind, ChangeSet, FactChange, PageVersion, Tag
from history.reading import may_read_hidden

# No key of a list is longer; more digits would only make the database complain.
LARGEST_KEY = 2**53


def _key(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=LARGEST_KEY,
        widget=forms.HiddenInput,
    )


class StyledForm(forms.BaseForm):
    """Controls in the style of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")


class ChangesFilter(StyledForm, forms.Form):
    """What every list of changes can be asked."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Every kind")), *ChangeKind.choices],
    )
    by = _key("person")
    before = _key("before")
    after = _key("after")

    def narrowed(
        self, versions: QuerySet[PageVersion], *, reader: Any
    ) -> QuerySet[PageVersion]:
        """The versions that were asked for. Call it on a valid form only."""
        asked = self.cleaned_data
        if asked["kind"]:
            versions = versions.filter(changeset__kind=asked["kind"])
        if asked["by"] is not None:
            versions = versions.filter(changeset__author=asked["by"])
            if not may_read_hidden(reader):
                versions = versions.exclude(changeset__author_hidden=True)
        return versions

    @property
    def is_asked(self) -> bool:
        """Whether the list is narrowed at all."""
        asked = self.cleaned_data
        return any(asked[name] not in ("", None) for name in asked.keys() - _PLACES)


_PLACES = {"before", "after"}


class ObjectFilter(ChangesFilter):
    """The history of one object can also be asked for one fact."""

    fact = forms.ChoiceField(label=_("Fact"), required=False)

    def __init__(self, *args: Any, facts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        field = self.fields["fact"]
        field.choices = [("", gettext("Every fact")), *facts]  # type: ignore[attr-defined]  # a choice field

    def narrowed(
        self, versions: QuerySet[PageVersion], *, reader: Any
    ) -> QuerySet[PageVersion]:
        versions = super().narrowed(versions, reader=reader)
        if fact := self.cleaned_data["fact"]:
            # The first version set every fact and so has no entry for any.
            entries = FactChange.objects.filter(
                object_uuid=OuterRef("object_uuid"), fact=fact, version=OuterRef("pk")
            )
            changed = Q(Exists(entries))
            if not may_read_hidden(reader):
                changed &= Q(text_hidden=False)
            versions = versions.filter(Q(seq=1) | changed)
        return versions


class RecentFilter(ChangesFilter):
    """The changes of the whole wiki, by what they are about and when."""

    about = forms.ChoiceField(label=pgettext_lazy("filter", "About"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, *args: Any, models: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.models = {model._meta.model_name: model for model in models}
        names = sorted(
            (capfirst(gettext(str(model._meta.verbose_name))), name)
            for name, model in self.models.items()
        )
        choices = [
            ("", gettext("Everything")),
            *((name, label) for label, name in names),
        ]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        if since and until and since > until:
            self.add_error("until", gettext("This day is before the first one."))
        return asked

    def narrowed(
        self, versions: QuerySet[PageVersion], *, reader: Any
    ) -> QuerySet[PageVersion]:
        versions = super().narrowed(versions, reader=reader)
        asked = self.cleaned_data
        if asked["about"]:
            kind = ContentType.objects.get_for_model(self.models[asked["about"]])
            versions = versions.filter(content_type=kind)
        if asked["since"]:
            versions = versions.filter(changeset__made_at__date__gte=asked["since"])
        if asked["until"]:
            versions = versions.filter(changeset__made_at__date__lte=asked["until"])
        return versions


class TagForm(StyledForm, forms.ModelForm):
    """A name for a point in history."""

    class Meta:
        model = Tag
        fields = ("name", "note")
        labels = {"name": _("Name"), "note": _("Note")}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not slugify(name):
            # Its address is made of them.
            raise ValidationError(
                gettext("A name needs at least one of the letters A to Z or a digit.")
            )
        if Tag.objects.filter(slug=slugify(name)).exists():
            raise ValidationError(
                gettext("There is a tag of this name already. Tags stay.")
            )
        return name

    def name_point(self, changeset: ChangeSet, *, by: Any) -> Tag:
        """Write the tag down, for good."""
        self.instance.changeset = changeset
        self.instance.made_by = by
        self.instance.slug = slugify(self.cleaned_data["name"])
        self.instance.save()
        return self.instance
