"""Where an object would stand after a merge, and what stands in its way there."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from wagtail.models import Page

from branches.merging.items import Problem, ProblemKind
from branches.models import ItemOperation, ProposalItem
from core.models import ContentPage
from core.sayings import saying as _
from history.content import Versioned
from history.models import PageVersion
from history.reverting.contents import Content


def problems_of_place(
    item: ProposalItem,
    subject: Versioned,
    place: Any,
    after: Content,
    *,
    is_added: Callable[[ProposalItem], bool],
) -> list[Problem]:
    """Why the object could not stand where it shall, under the slug it shall have.

    Costs a query only where the place or the slug would be another one.
    """
    if not isinstance(subject, ContentPage):
        return []
    found: list[Problem] = []
    moves = item.operation == ItemOperation.MOVE
    if moves and is_added(item):
        return []
    if moves:
        found = _problems_of_new_place(item, subject, place)
    if not found and (moves or after.get("slug") != subject.slug):
        found = _problems_of_slug(subject, place if moves else None, after)
    return found


def _problems_of_new_place(
    item: ProposalItem, page: ContentPage, place: Any
) -> list[Problem]:
    names = {"title": item.title, "place": place}
    if place is None or not place.live:
        gone = _("The page under which “%(title)s” shall stand is not public any more.")
        return [Problem(ProblemKind.PARENT_GONE, gone % names)]
    if place.path.startswith(page.path):
        below = _("“%(place)s” stands below “%(title)s” itself.")
        return [Problem(ProblemKind.VALIDATION, below % names)]
    if not page.can_move_to(place) and place.pk != _key_above(page):
        unfit = _("“%(title)s” cannot stand under “%(place)s”.")
        return [Problem(ProblemKind.VALIDATION, unfit % names)]
    return []


def _problems_of_slug(page: ContentPage, place: Any, after: Content) -> list[Problem]:
    slug = str(after.get("slug") or page.slug)
    above = place.path if place is not None else page.path[: -page.steplen]
    depth = len(above) // page.steplen + 1
    beside = Page.objects.filter(path__startswith=above, depth=depth)
    slugs = set(beside.exclude(pk=page.pk).values_list("slug", flat=True))
    if slug not in slugs:
        return []
    free = next(
        name for n in range(2, len(slugs) + 3) if (name := f"{slug}-{n}") not in slugs
    )
    return [
        Problem(
            ProblemKind.SLUG_TAKEN,
            _(
                "Another page there has the address “%(slug)s” already. “%(free)s” "
                "would be free."
            )
            % {"slug": slug, "free": free},
        )
    ]


def problems_of_removal(
    item: ProposalItem,
    head: PageVersion,
    subject: Versioned,
    items: Mapping[UUID, ProposalItem],
) -> tuple[Problem, ...]:
    """Why it could not be unpublished or deleted as things are now.

    Nobody deletes what they have not seen: neither another text, nor pages below
    that the proposal does not name.
    """
    names = {"title": item.title}
    if head.pk != item.base_id:
        changed = _(
            "“%(title)s” has been changed since this was begun. Look at it once more: "
            "bring the branch up to date, then it applies again."
        )
        return (Problem(ProblemKind.CHANGED, changed % names),)
    if not isinstance(subject, ContentPage) or subject.numchild == 0:
        return ()
    below = Page.objects.descendant_of(subject)
    if item.operation == ItemOperation.UNPUBLISH:
        below = below.live()
    going = {
        uuid
        for uuid, other in items.items()
        if other.operation in (ItemOperation.DELETE, item.operation)
    }
    staying = [
        page.title
        for page in below.specific()
        if getattr(page, "uuid", None) not in going
    ]
    if not staying:
        return ()
    more = _("“%(title)s” still has pages below it: %(pages)s.")
    shown = ", ".join([*staying[:3], *(["…"] if len(staying) > 3 else [])])
    return (Problem(ProblemKind.HAS_PAGES, more % {**names, "pages": shown}),)


def _key_above(page: ContentPage) -> int | None:
    parent = page.get_parent()
    return parent.pk if parent else None
