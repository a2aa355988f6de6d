"""Making drafts of many pages: what each would ask the database for, asked once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import CheckConstraint, Model

from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page, Revision

from core.models import ContentPage
from core.references import links_of

Columns = dict[str, Any]
# Columns of a new page that no other page has, because they were made for it.
OF_ITS_IDENTITY = frozenset(
    {"id", "uuid", "page_ptr", "path", "translation_key", "locale"}
)


def make_ready(pages: Sequence[ContentPage]) -> None:
    """Have these pages know the text that is live, the page above and the comments.

    Three queries, however many they are.
    """
    live = Revision.objects.in_bulk({page.live_revision_id for page in pages} - {None})
    above = Page.objects.in_bulk(
        {page.path[: -page.steplen] for page in pages}, field_name="path"
    )
    comments: dict[int, list[Comment]] = defaultdict(list)
    for comment in Comment.objects.filter(page__in=[page.pk for page in pages]):
        comments[comment.page_id].append(comment)
    for page in pages:
        page._cached_parent_obj = above.get(page.path[: -page.steplen])
        if page.live_revision_id is not None:
            page.live_revision = live[page.live_revision_id]
        page.put_rows({COMMENTS_RELATION_NAME: comments[page.pk]})


def columns_of(thing: Model) -> Columns:
    """The values of its columns as they are written, by the names of their fields."""
    return {
        field.name: field.get_prep_value(field.value_from_object(thing))
        for field in thing._meta.concrete_fields
    }


def changed_columns(was: Model, now: Model) -> set[str]:
    """Names of the columns in which two states of one object differ."""
    before = columns_of(was)
    return {name for name, value in columns_of(now).items() if before[name] != value}


def full_clean_beside(draft: ContentPage, live: ContentPage) -> None:
    """As `draft.full_clean()`, without asking what is known.

    What it names has been looked up when it was read (core/references.py), and what
    it says as the row does keeps the rules of the database, which holds that row.
    """
    model: Any = type(draft)
    changed = changed_columns(live, draft)
    draft.own_slug = live.slug
    draft.full_clean(
        exclude={
            field.name
            for field in links_of(model)
            if getattr(draft, field.attname) is not None
        },
        validate_unique=bool(changed & _unique_columns(draft)),
        validate_constraints=False,
    )
    asked = set[str]().union(*_ruled_with(changed, draft))
    if asked:
        every = {field.name for field in draft._meta.concrete_fields}
        draft.validate_constraints(exclude=every - asked)


def full_clean_of_new(
    page: ContentPage, *, exclude: Collection[str] = (), with_constraints: bool = False
) -> None:
    """As `page.full_clean()` of a page that is new, without asking what is known.

    What it names has been looked up when it was read. Its identity is its own, as far
    as the database does not know better when it is stored; so are its constraints,
    unless they are asked for.
    """
    model: Any = type(page)
    named = {
        field.name
        for field in links_of(model)
        if getattr(page, field.attname) is not None
    }
    page.full_clean(
        exclude={*exclude, *named},
        validate_unique=bool(_unique_columns(page) - OF_ITS_IDENTITY),
        validate_constraints=False,
    )
    if with_constraints:
        page.validate_constraints()


def _ruled_with(changed: set[str], draft: ContentPage) -> Iterator[set[str]]:
    """The columns of each rule that any of the changed ones has a part in."""
    for _model, constraints in draft.get_constraints():
        for constraint in constraints:
            names = set(getattr(constraint, "fields", ()))
            if isinstance(constraint, CheckConstraint):
                condition: Any = constraint.condition
                names |= condition.referenced_base_fields
            if names & changed:
                yield names


def _unique_columns(draft: ContentPage) -> set[str]:
    together = [
        name
        for model in (type(draft), *draft._meta.all_parents)
        for names in model._meta.unique_together
        for name in names
    ]
    alone = [field.name for field in draft._meta.concrete_fields if field.unique]
    return {*alone, *together}
