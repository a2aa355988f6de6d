"""A list of changes as HTML: its filter, one page of entries, the way to the others."""

from typing import NamedTuple

from django.contrib.auth.context_processors import PermWrapper
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.caching.build import build
from history.addresses import Home
from history.diff.sides import Subject
from history.facts import label_of
from history.models import PageVersion
from history.public.entries import Cut, cut_of
from history.public.forms import ChangesFilter, ObjectFilter
from history.public.kept_lists import KeptList


class Person(NamedTuple):
    """Whom a list is narrowed to."""

    pk: int | None
    display_name: str


def listed(
    request: HttpRequest, form: ChangesFilter, versions: QuerySet[PageVersion]
) -> SafeString:
    """What of these versions was asked for, or what is wrong with the question."""
    if not form.is_valid():
        return _as_html(request, form)
    cut = _cut(request, form, versions, key="pk")
    return _as_html(request, form, cut, with_title=True)


def listed_of(request: HttpRequest, form: ObjectFilter, subject: Subject) -> SafeString:
    """The same for one object."""
    if not form.is_valid():
        return _as_html(request, form)
    cut = _cut(request, form, subject.versions, key="seq")
    return _as_html(request, form, cut, home=subject.home, compares=True)


def newest_of(request: HttpRequest, subject: Subject, kept: KeptList) -> SafeString:
    """The list at its bare address: what nearly every visitor reads, so it is kept."""
    cut = cut_of(subject.versions, key="seq", before=None, after=None)

    def make() -> SafeString:
        form = filter_of(request, kept)
        form.full_clean()
        return _as_html(request, form, cut, home=subject.home, compares=True)

    # Another program may call a fact by another name.
    made_from = (subject.home, kept.content_type_id, kept.facts, build())
    return kept.shown(cut, made_from, make)


def filter_of(request: HttpRequest, kept: KeptList) -> ObjectFilter:
    """What was asked of the history of one object."""
    model = ContentType.objects.get_for_id(kept.content_type_id).model_class()
    facts = [(name, label_of(model, name).capitalize()) for name in kept.facts]
    return ObjectFilter(request.GET, facts=facts)


def _cut(
    request: HttpRequest,
    form: ChangesFilter,
    versions: QuerySet[PageVersion],
    *,
    key: str,
) -> Cut:
    asked = form.cleaned_data
    narrowed = form.narrowed(versions, reader=request.user)
    return cut_of(narrowed, key=key, before=asked["before"], after=asked["after"])


def _as_html(
    request: HttpRequest,
    form: ChangesFilter,
    cut: Cut | None = None,
    *,
    home: Home | None = None,
    compares: bool = False,
    with_title: bool = False,
) -> SafeString:
    """`home` is given when all are of one object."""
    context = {
        "form": form,
        "person": _person(form.cleaned_data["by"], cut) if cut else None,
        "list": cut.shown(request, home) if cut else None,
        "compares": compares,
        "with_title": with_title,
        "overseer": PermWrapper(request.user) if oversees(request) else None,
    }
    return render_to_string("history/_list.html", context, request=request)


def oversees(request: HttpRequest) -> bool:
    """Whether links to hide and show versions stand in this reader's lists."""
    rights = ("history.add_suppression", "history.view_suppression")
    return any(map(request.user.has_perm, rights))


def _person(pk: int | None, cut: Cut) -> Person | None:
    """The account a list is narrowed to, named by what it shows.

    None when it shows nothing: a number alone tells nobody's name.
    """
    if pk is None or not cut.lines:
        return None
    return Person(pk, cut.lines[0].author or "")
