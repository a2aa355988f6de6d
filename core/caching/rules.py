"""What has to be made anew after which change. Said here and nowhere else.

A page shows its own facts and those of its neighbours: of what stands right below or
above it, of what names it, of what its own columns name. Of all else it shows no more
than name and address. Hence:

- A publish touches the thing itself, its place, and everything it names or named. A
  ride reaches its parks old and new, its makers, its model and what it replaces.
- What appears, goes, moves or is renamed touches everything, and so does any change of
  what is no page (`receivers.py` lists it).
- Pages whose kind has not said that it shows neighbours only are touched by any change:
  the front page, the lists.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.db import models

from modelcluster.fields import ParentalKey
from wagtail.models import Page

from core.caching.stamps import EVERYTHING, WHOLE_WIKI
from core.models import ContentPage, VersionedSnippet
from core.rows import row_models

Content = Mapping[str, Any]
# How a thing is called and where it is found.
IDENTITY = ("title", "slug")
# What is known to be new has been named by nothing yet.
UNSEEN: Content = MappingProxyType({})
STEP = Page.steplen


def topic_of(model: type[models.Model], pk: object) -> str:
    """The topic of one object, whichever of its models a key points at."""
    if issubclass(model, Page):
        return f"page:{pk}"
    return f"{model._meta.label_lower}:{pk}"


def itself_at(path: str) -> str:
    """The topic of the page at a place of the tree."""
    return f"at:{path}"


def below(path: str) -> str:
    """The topic of the pages right below a place of the tree."""
    return f"below:{path}"


def named_in(model: type[models.Model], content: Content) -> set[str]:
    """The topics of all that a content, serialised as in a revision, points at."""
    found = set(_named_by_columns(model, content))
    for relation, row_model in row_models(model).items():
        for row in content.get(relation) or ():
            found.update(_named_by_columns(row_model, row))
    return found


def _named_by_columns(model: Any, values: Content) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        value = values.get(field.name)
        if value is not None and _points_at_facts(field):
            yield topic_of(field.related_model, value)


def _points_at_facts(field: Any) -> bool:
    """Whether a column names a page or snippet that has facts of its own."""
    return (
        isinstance(field, models.ForeignKey)
        and not isinstance(field, ParentalKey)
        and not field.remote_field.parent_link
        and issubclass(field.related_model, ContentPage | VersionedSnippet)
    )


def touched_by_publish(
    page: ContentPage, said: Content | None, says: Content
) -> set[str]:
    """The topics of a publish. `said` is what was live, None when it was not.

    A draft may have been named by others, which did not show it so far.
    """
    if said is None or (said is not UNSEEN and _is_renamed(said, says)):
        return {EVERYTHING}
    model = type(page)
    return {
        topic_of(model, page.pk),
        itself_at(page.path),
        below(page.path[:-STEP]),
        *named_in(model, said),
        *named_in(model, says),
        *model.topics_of_change(said, says),
    }


def _is_renamed(said: Content, says: Content) -> bool:
    return any(said.get(name) != says.get(name) for name in IDENTITY)


def shown_on(page: ContentPage) -> tuple[str, ...]:
    """The topics of everything a page shows."""
    if not page.shows_neighbours_only:
        return WHOLE_WIKI
    columns = {
        field.name: getattr(page, field.attname)
        for field in page._meta.concrete_fields
        if _points_at_facts(field)
    }
    return (
        EVERYTHING,
        topic_of(type(page), page.pk),
        below(page.path),
        itself_at(page.path[:-STEP]),
        *_named_by_columns(type(page), columns),
        *page.topics_shown(),
    )
