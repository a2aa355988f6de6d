"""Putting pages back into the tree under the keys they had."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError

from modelcluster.models import get_all_child_relations
from wagtail.models import AbstractPage, Page

from core.models import ContentPage
from core.refusals import AddressTaken
from history.models import TrashedPage
from history.trash.revisions import give_revisions


def plant(trashed: list[TrashedPage], parent: Page, slug: str) -> dict[int, Any]:
    """Make a page for each, bare of all that names other things; by primary key.

    They stand where they stood and have no rows yet: what they name may be among
    those that come after them.
    """
    planted: dict[int, Any] = {}
    for one in trashed:
        above = planted.get(one.parent_pk, parent)
        try:
            planted[one.page_pk] = _add(above, _bare(one, slug))
        except IntegrityError as error:
            raise AddressTaken(slug) from error
        slug = ""
    return planted


def fill(page: ContentPage, trashed: TrashedPage) -> ContentPage:
    """Give a planted page its content, its revisions and whether it is live."""
    page = type(page).objects.get(pk=page.pk)
    whole = page.with_content_json({**trashed.content, "slug": page.slug})
    # What was sound when it was deleted need not be published anew.
    whole.save(clean=False)
    draft = trashed.draft
    if draft is not None and draft.get("slug") == trashed.content["slug"]:
        draft = {**draft, "slug": page.slug}
    give_revisions(
        whole,
        draft=draft,
        draft_by=trashed.draft_by_id,
        was_live=trashed.content.get("live_revision"),
    )
    return whole


def _bare(trashed: TrashedPage, slug: str) -> Any:
    model: Any = trashed.content_type.model_class()
    people = get_user_model()
    rows = {rel.get_accessor_name() for rel in get_all_child_relations(model)}
    keys = {
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.null and field.related_model is not people
    }
    data = {k: v for k, v in trashed.content.items() if k not in rows | keys}
    data["numchild"] = 0
    page = model.from_serializable_data(data)
    page._state.adding = True
    if slug:
        page.slug = slug
    return page


def _add(parent: Page, page: Any) -> Any:
    def insert() -> None:
        # Wagtail takes a page with a key for one that is in the database already and
        # asks it what has changed; so its own `save` is passed over.
        page.set_url_path(parent)
        super(AbstractPage, page).save(force_insert=True)

    page.save = insert
    parent.add_child(instance=page)
    return type(page).objects.get(pk=page.pk)
