"""What values of facets are called: from an address to keys, and back to words.

Only what is public has a name here. A slug that names nothing any more may have been
renamed: Wagtail's redirects know. Else it finds no ride, and the page says so, since
links live longer than slugs.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import Q

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from parks.gathering import PAGE_FIELDS, Part, PublicPages, gather
from search.finder.columns import Asked
from search.finder.facets import UNKNOWN, Facet, NamedFacet
from search.finder.offered import FACETS
from search.finder.questions import Question
from search.folding import words_of

# Of a page one looks up less than its own table holds.
PAGES = {
    "parks.ParkPage": "parkpage",
    "parks.CompanyPage": "companypage",
    "parks.RideModelPage": "ridemodelpage",
}
NOWHERE = -1
MOST_RENAMED = 20


@dataclass(frozen=True, slots=True)
class Name:
    """A value of a facet as addresses write it and as readers know it."""

    value: str
    label: str


def named_facets() -> list[NamedFacet]:
    return [facet for facet in FACETS.values() if isinstance(facet, NamedFacet)]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with the keys of what it names; slugs are those of today."""

    question: Question
    keys: Mapping[str, Mapping[str, int]]

    def asked(self) -> Asked:
        """The question as columns answer it."""
        question = self.question
        codes = {
            key: frozenset(self._code(FACETS[key], value) for value in values)
            for key, values in question.values.items()
        }
        return Asked(
            words=tuple(words_of(question.words)),
            codes=codes,
            bounds={key: asked.bounds() for key, asked in question.ranges.items()},
            certain=question.certain,
        )

    def _code(self, facet: Facet, value: str) -> Hashable:
        if value == UNKNOWN and facet.has_unknown:
            return None
        if isinstance(facet, NamedFacet):
            return self.keys[facet.key].get(value, NOWHERE)
        return value


def resolve(question: Question, public: PublicPages) -> Resolved:
    """Look up what a question names, in one query; none if it names nothing."""
    wanted = {
        facet.key: [v for v in question.chosen(facet.key) if v != UNKNOWN]
        for facet in named_facets()
    }
    parts = {
        key: _part(FACETS[key], public, _by_value(FACETS[key], values))
        for key, values in wanted.items()
        if values
    }
    found = gather(parts) if parts else {}
    keys = {
        key: {_name(FACETS[key], thing).value: thing.pk for thing in things}
        for key, things in found.items()
    }
    lost = [
        (facet.key, value)
        for facet in named_facets()
        if facet.key in parts and facet.model in PAGES
        for value in wanted[facet.key]
        if value not in keys[facet.key]
    ]
    if not lost:
        return Resolved(question, keys)
    return _with_new_slugs(question, keys, lost[:MOST_RENAMED], public)


def name_parts(codes: Mapping[str, Iterable[int]], public: PublicPages) -> Any:
    """Parts to look up along with others: the names of these codes by facet."""
    return {
        f"names_of_{key}": _part(FACETS[key], public, Q(pk__in=set(some)))
        for key, some in codes.items()
    }


def names_in(rows: Mapping[str, list[Any]]) -> dict[str, dict[int, Name]]:
    """The names by facet and code among rows read by `name_parts`."""
    return {
        facet.key: {
            thing.pk: _name(facet, thing)
            for thing in rows.get(f"names_of_{facet.key}", ())
        }
        for facet in named_facets()
    }


def name_parts_holding(
    facet: NamedFacet, text: str, codes: Iterable[int], public: PublicPages
) -> dict[str, Part]:
    """As `name_parts`, but of one facet and only names that hold a text."""
    column = "title" if facet.model in PAGES else "name"
    which = Q(pk__in=set(codes), **{f"{column}__icontains": text})
    return {f"names_of_{facet.key}": _part(facet, public, which)}


def _part(facet: Any, public: PublicPages, which: Q) -> Part:
    if child := PAGES.get(facet.model):
        pages = Page.objects.filter(which, **{f"{child}__isnull": False})
        return Part(public.among(pages), PAGE_FIELDS)
    things = apps.get_model(facet.model)._default_manager.filter(which)
    return Part(things, ("id", "name", "slug"))


def _by_value(facet: Any, values: list[str]) -> Q:
    return Q(**{f"{facet.named_by}__in": values})


def _name(facet: Any, thing: Any) -> Name:
    return Name(str(getattr(thing, facet.named_by)), str(thing))


def _with_new_slugs(
    question: Question,
    keys: dict[str, dict[str, int]],
    lost: list[tuple[str, str]],
    public: PublicPages,
) -> Resolved:
    """The question with slugs of former times replaced by those of today."""
    old_path = Q(pk__in=())
    for _, value in lost:
        old_path |= Q(old_path__endswith=f"/{value}")
    redirects = Redirect.objects.filter(old_path, redirect_page__isnull=False)
    values = dict(question.values)
    for redirect in redirects.select_related("redirect_page__content_type"):
        page = redirect.redirect_page
        for key, value in lost:
            facet: Any = FACETS[key]
            is_same = redirect.old_path.rpartition("/")[2] == value
            is_kind = page.content_type.model == PAGES[facet.model]
            if is_same and is_kind and public.has(page):
                renamed = (page.slug if v == value else v for v in values[key])
                values[key] = tuple(dict.fromkeys(renamed))
                keys[key][page.slug] = page.pk
    return Resolved(replace(question, values=values), keys)
