"""Small pictures of photos, in a bounded number of queries."""

import logging
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef

from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import CollectionViewRestriction

# One of those made for every photo when it is uploaded (photos/sizes.py).
SPEC = "width-400|format-webp"
# Missing ones are drawn while the reader waits, so not many of them.
MOST_DRAWN = 8

log = logging.getLogger("thrillwiki")


def thumbnails_of(keys: set[int]) -> Iterator[tuple[Any, Any]]:
    """Those of the photos that are not private, each with its thumbnail or None.

    One query, when all thumbnails exist; two, when some have to be drawn.
    """
    model = get_image_model()
    renditions = (
        model.get_rendition_model()
        .objects.filter(image_id__in=keys, filter_spec=SPEC, focal_point_key="")
        .exclude(_is_private("image__collection__path"))
        .select_related("image__licence")
    )
    found = set()
    for rendition in renditions:
        found.add(rendition.image_id)
        yield rendition.image, rendition
    if keys - found:
        missing = model.objects.filter(pk__in=keys - found).order_by("pk")
        public = missing.exclude(_is_private("collection__path"))
        for number, photo in enumerate(public.select_related("licence")):
            yield photo, _drawn(photo) if number < MOST_DRAWN else None


def _is_private(path_of_collection: str) -> Exists:
    above = CollectionViewRestriction.objects.annotate(
        whole_path=ExpressionWrapper(
            OuterRef(path_of_collection), output_field=CharField()
        )
    )
    return Exists(above.filter(whole_path__startswith=F("collection__path")))


def _drawn(photo: Any) -> Any:
    try:
        return photo.get_rendition(SPEC)
    except (SourceImageIOError, InvalidFilterSpecError, OSError) as problem:
        log.warning("No thumbnail of photo %s: %s", photo.pk, problem)
        return None
