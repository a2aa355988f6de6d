"""Who may read the history of what."""

from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CASCADE,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    ForeignKey,
    OuterRef,
    Q,
    QuerySet,
)

from wagtail.models import Page, PageViewRestriction

from core.models import ContentPage, VersionedSnippet
from history.content import snippet_models
from history.models import PageVersion


def may_read_history(user: Any, page: Page) -> bool:
    """Whether a person may read the published past of this page.

    The past of a page is as public as the page: live and without restriction. Those
    who may edit it read it in any case.
    """
    if page.live and not page.get_view_restrictions():
        return True
    return may_edit(user, page)


def may_edit(user: Any, page: Page) -> bool:
    """Whether a person may see the draft of this page."""
    return bool(user.is_authenticated and page.permissions_for_user(user).can_edit())


def public_pages() -> QuerySet[Page]:
    """Pages that everybody may read: live, and neither they nor those above private."""
    return _public_pages().all()


@cache
def _public_pages() -> QuerySet[Page]:
    """The question, put together once; whoever asks it takes a copy."""
    above = PageViewRestriction.objects.annotate(
        whole_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    private = Exists(above.filter(whole_path__startswith=F("page__path")))
    # The root of the tree is no page anybody reads.
    return Page.objects.live().filter(depth__gt=1).exclude(private)


def visible_to(user: Any, versions: QuerySet[PageVersion]) -> QuerySet[PageVersion]:
    """Of these versions those whose object everybody may read now.

    Lists, feeds and counts use it. A snippet is as public as the page it is part of,
    if it is part of one. What was deleted is for those who may restore it.
    Administrators see all.
    """
    if user.is_active and user.is_superuser:
        return versions
    private = list(
        PageViewRestriction.objects.order_by().values_list("page__path", flat=True)
    )
    visible = Q(page__live=True) & ~_under("page__path", private)
    for model in snippet_models():
        visible |= _public_snippets(model, private)
    if user.is_authenticated and user.has_perm("history.restore_trash"):
        visible |= Q(page=None) & ~Q(address="")
    return versions.filter(visible)


def _public_snippets(model: type[VersionedSnippet], private: list[str]) -> Q:
    kind = ContentType.objects.get_for_model(model)
    rows = model._base_manager.all()
    owners = _owners(model)
    # The page of a deleted one is not known any more, so nobody is told of it.
    open_now = Q(
        object_uuid__in=rows.filter(_is_public(owners, private)).values("uuid")
    )
    withdrawn = Q(object_uuid__in=rows.filter(live=False).values("uuid"))
    return Q(page=None, content_type=kind) & (open_now if owners else ~withdrawn)


def _is_public(owners: tuple[str, ...], private: list[str]) -> Q:
    public = Q(live=True)
    for owner in owners:
        public &= Q(**{f"{owner}__live": True}) & ~_under(f"{owner}__path", private)
    return public


def _under(path: str, above: list[str]) -> Q:
    """At or below one of these places of the tree."""
    found = Q(pk__in=())
    for place in above:
        found |= Q(**{f"{path}__startswith": place})
    return found


@cache
def _owners(model: type[VersionedSnippet]) -> tuple[str, ...]:
    """Names of the keys to pages without which such a snippet would not exist."""
    return tuple(
        field.name
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
        and issubclass(field.related_model, ContentPage)
        and field.remote_field.on_delete is CASCADE
    )
