"""Photos that a text shows anew: may they be shown, and are they there already?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from wagtail.models import ReferenceIndex

from branches.checks.registry import Remark, block, check, warn
from branches.checks.subjects import Handed, ItemRead
from photos.likeness import alike, keep_likeness
from photos.models import Photo


@check("licence")
def look_for_licences(handed: Handed) -> Iterator[Remark]:
    """Photos that nobody has given a licence."""
    for photo, place in _new_photos(handed):
        if photo.licence_id is None:
            yield block(
                _("The photo “%(title)s” has no licence."),
                params={"title": photo.title},
                **place,
            )


@check("likeness")
def look_for_copies(handed: Handed) -> Iterator[Remark]:
    """Photos that the wiki shows already, perhaps in another size or format."""
    new = _new_photos(handed)
    # The whole library is some megabytes at most, and read once.
    library = list(Photo.objects.values_list("pk", "likeness")) if new else []
    for photo, place in new:
        others = ((key, bits) for key, bits in library if key != photo.pk)
        if twin := _known(alike(keep_likeness(photo), others), handed):
            yield warn(
                _("The photo “%(title)s” looks like “%(twin)s”, which is there."),
                params={"title": photo.title, "twin": twin.title},
                **place,
            )


def _known(keys: list[int], handed: Handed) -> Photo | None:
    """The first of these that its author may know of: nobody else's unused uploads."""
    found = Photo.objects.in_bulk(keys)
    for photo in (found[key] for key in keys):
        is_own = photo.uploaded_by_user_id == handed.proposal.author_id
        if is_own or ReferenceIndex.get_references_to(photo).exists():
            return photo
    return None


def _new_photos(handed: Handed) -> list[tuple[Photo, dict[str, Any]]]:
    """Those that were not there before, each with the place where it shall stand."""
    places: dict[int, dict[str, Any]] = {}
    for item in handed.items:
        for key in photos_in(item.says) - photos_in(item.was):
            places.setdefault(key, _place(item))
    found = Photo.objects.filter(pk__in=places).order_by("pk")
    return [(photo, places[photo.pk]) for photo in found]


def _place(item: ItemRead) -> dict[str, Any]:
    fact = "lead_photo" if "lead_photo" in item.changes else "gallery"
    return {"uuid": item.plan.item.object_uuid, "fact": fact}


def photos_in(content: Mapping[str, Any]) -> set[int]:
    """Keys of the photos that facts show: at the head of a page and in its gallery."""
    found = {content.get("lead_photo")}
    for row in content.get("gallery") or []:
        found.add(row.get("photo"))
    return {int(key) for key in found if key}
