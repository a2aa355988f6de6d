"""The CMS's own revisions: drafts, kept few, because each publish touches them all.

Wagtail clears a schedule by writing to every revision of a page, so publishing gets
slower with each one. What was published is kept by history; the revisions left are
those that somebody may still need: the newest, what is live, scheduled, in a workflow
or otherwise pointed at.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wagtail.models import Revision

from history.models import PageVersion

NEWEST_KEPT = 20
# Below that it is not worth the work.
ALLOWED = 30
AT_ONCE = 500

# Given all revisions of one object: which of them have to stay.
Keeper: TypeAlias = Callable[[QuerySet[Revision]], Q]
# The type and key by which Wagtail files the revisions of one object.
Owner: TypeAlias = tuple[int, str]

_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Protect revisions that are referred to by something else than a foreign key."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def prune(owner: Owner) -> int:
    """Delete what nobody needs of one object's revisions; returns how many."""
    pruned = 0
    while chunk := prune_some(owner):
        pruned += chunk
    return pruned


@transaction.atomic
def prune_some(owner: Owner) -> int:
    """As `prune`, but at most AT_ONCE of them, in one short transaction.

    A revision that somebody is publishing or scheduling right now is locked and left
    alone. Once locked here, nobody can begin to refer to one; those that somebody
    referred to before are found by asking again.
    """
    unneeded = _unneeded(owner).select_for_update(skip_locked=True, of=("self",))
    locked = list(unneeded.values_list("pk", flat=True)[:AT_ONCE])
    if not locked:
        return 0
    still = _unneeded(owner).filter(pk__in=locked).order_by()
    _, deleted = still.only("pk").delete()
    return deleted.get(Revision._meta.label, 0)


def prune_after(changesets: Sequence[int]) -> None:
    """Bound the revisions of what these changesets touched."""
    touched = PageVersion.objects.filter(changeset__in=changesets)
    keys: dict[int, set[str]] = defaultdict(set)
    for type_id, key in touched.values_list("content_type", "payload__object_id"):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and key is not None:
            keys[_base_type_of(model)].add(key)
    for type_id, objects in keys.items():
        for owner in _owners_of_many(
            Revision.objects.filter(base_content_type=type_id, object_id__in=objects)
        ):
            prune_some(owner)


def prune_all() -> int:
    """Bound the revisions of everything there is; returns how many were deleted."""
    return sum(prune(owner) for owner in _owners_of_many(Revision.objects.all()))


def version_of_revision(pk: int) -> PageVersion | None:
    """What was published from a CMS revision, even one that is gone."""
    return versions_of_revisions([pk]).get(pk)


def versions_of_revisions(pks: Iterable[int]) -> dict[int, PageVersion]:
    """The newest version published from each of these CMS revisions, by their keys."""
    versions = PageVersion.objects.filter(revision_pk__in=pks).order_by("pk")
    return {version.revision_pk: version for version in versions if version.revision_pk}


def _base_type_of(model: type[models.Model]) -> int:
    """The type by which Wagtail files the revisions of all pages, or of a snippet."""
    base = [model, *model._meta.get_parent_list()][-1]
    return ContentType.objects.get_for_model(base, for_concrete_model=False).pk


def _owners_of_many(revisions: QuerySet[Revision]) -> list[Owner]:
    groups = revisions.order_by().values_list("base_content_type", "object_id")
    many = groups.annotate(number=Count("pk")).filter(number__gt=ALLOWED)
    return [(type_id, key) for type_id, key, _ in many]


def _unneeded(owner: Owner) -> QuerySet[Revision]:
    type_id, key = owner
    own = Revision.objects.filter(base_content_type=type_id, object_id=key)
    newest = own.order_by("-created_at", "-pk").values_list("pk", flat=True)
    unneeded = own.filter(approved_go_live_at=None)
    # SQLite and PostgreSQL both refuse to limit a subquery they may have to rewrite.
    unneeded = unneeded.exclude(pk__in=list(newest[:NEWEST_KEPT]))
    for relation in _references():
        holders = relation.related_model._base_manager.filter(
            **{relation.field.name: OuterRef("pk")}
        )
        unneeded = unneeded.exclude(Exists(holders))
    for keeper in _keepers:
        unneeded = unneeded.exclude(keeper(own))
    return unneeded.order_by("pk")


def _references() -> list[models.ForeignObjectRel]:
    """Every foreign key to a revision that would suffer if the revision went.

    Log entries outlive what they tell of; Wagtail takes care of that.
    """
    return [
        relation
        for relation in Revision._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and relation.on_delete is not models.DO_NOTHING
    ]
